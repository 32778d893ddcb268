import * as z from 'zod';
import { Dimensions, Name } from '../math/queries.ts';
import type { Metric } from '../store/metric.ts';
import type { Metrics } from '../store/metrics.ts';
import { failure } from './failure.ts';
import { Timestamp } from './timestamp.ts';

/** What CloudWatch takes as a value: -2^360 to 2^360 (API reference, MetricDatum). */
const value = z.coerce
  .number()
  .refine((number) => Math.abs(number) <= 2 ** 360, { error: 'is not between -2^360 and 2^360' });

const Datum = z.object({
  MetricName: Name,
  Dimensions,
  Timestamp: Timestamp.optional(),
  Value: value.optional(),
  Values: z.array(value).max(150).optional(),
  Counts: z.array(z.coerce.number().positive()).max(150).optional(),
  StatisticValues: z.object({ SampleCount: value, Sum: value, Minimum: value, Maximum: value }).optional(),
  Unit: z.string().default('None'),
  StorageResolution: z.coerce.number().optional(),
});
type Datum = z.output<typeof Datum>;

export const PutInput = z.object({
  Namespace: Name.refine((name) => !name.startsWith('AWS/'), { error: 'may not begin with AWS/' }),
  MetricData: z.array(Datum).min(1).max(1000),
});

/** PutMetricData: all or nothing of a call. Values older than is kept are left out, as CloudWatch keeps them for a while. */
export const putMetricData = (
  metrics: Metrics,
  { Namespace: namespace, MetricData }: z.output<typeof PutInput>,
): object => {
  MetricData.forEach(refuseBadCombination);
  for (const datum of MetricData) {
    const metric: Metric = { namespace, name: datum.MetricName, dimensions: datum.Dimensions };
    const about = { unit: datum.Unit, atMs: datum.Timestamp };
    const { Value, Values = [], Counts, StatisticValues } = datum;
    if (Value !== undefined) metrics.add(metric, [Value], about);
    if (Values.length > 0)
      metrics.addCounted(
        metric,
        Values.map((each, index) => [each, Counts?.[index] ?? 1]),
        about,
      );
    if (StatisticValues) {
      const { SampleCount: sampleCount, Sum: sum, Minimum: minimum, Maximum: maximum } = StatisticValues;
      metrics.addSet(metric, { sampleCount, sum, minimum, maximum }, about);
    }
  }
  return {};
};

const refuseBadCombination = ({ Value, Values, Counts, StatisticValues }: Datum, index: number): void => {
  const member = `MetricData.member.${index + 1}`;
  const given = [Value, Values, StatisticValues].filter((each) => each !== undefined).length;
  if (given !== 1)
    throw failure(
      given === 0 ? 'MissingRequiredParameterException' : 'InvalidParameterCombinationException',
      `${given === 0 ? 'One' : 'Only one'} of the parameters ${member}.Value, ${member}.Values and ${member}.StatisticValues ${given === 0 ? 'is required' : 'may be there'}.`,
    );
  if (Counts && Counts.length !== Values?.length)
    throw failure(
      'InvalidParameterValueException',
      `The parameters ${member}.Values and ${member}.Counts must have the same length.`,
    );
};
