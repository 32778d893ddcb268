import type { Settings } from '@acme/cdk-kit';
import { families } from '@acme/telemetry-schema';

// Partition projection: partitions are computed from these properties, and nobody runs MSCK REPAIR TABLE
// (docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html).

/** The first day that `telemetry` shows. */
export const firstDay = ({ lake: { firstYear } }: Settings): string => `${firstYear}-01-01`;

/** `date`, from the first day to tomorrow: an event may be ahead of our clock by minutes. */
export const byDate = (settings: Settings): Readonly<Record<string, string>> => ({
  'projection.enabled': 'true',
  'projection.date.type': 'date',
  'projection.date.format': 'yyyy-MM-dd',
  'projection.date.range': `${firstDay(settings)},NOW+1DAYS`,
});

/** `year`, `month`, `day` and `hour`, as Firehose and the enricher write them. */
export const byHour = ({ lake: { firstYear } }: Settings): Readonly<Record<string, string>> => ({
  'projection.enabled': 'true',
  ...integers('year', `${firstYear},${firstYear + 50}`, 4),
  ...integers('month', '1,12', 2),
  ...integers('day', '1,31', 2),
  ...integers('hour', '0,23', 2),
});

/** `family`, in front of others. */
export const byEventFamily: Readonly<Record<string, string>> = {
  'projection.family.type': 'enum',
  'projection.family.values': families.join(','),
};

const integers = (key: string, range: string, digits: number): Record<string, string> => ({
  [`projection.${key}.type`]: 'integer',
  [`projection.${key}.range`]: range,
  [`projection.${key}.digits`]: String(digits),
});
