import { type ConsumerName, readers, readersOf, type Takes } from '@acme/stack-contract';
import type { Family } from '@acme/telemetry-schema';
import { analyticsTotals, keyTotals, type Totals } from './totals.ts';
import { columnOf, itemsOf, type Lake, ledgerOf } from './lake.ts';
import type { Lines } from './lines.ts';

/** A consumer, what it promises, and how that is looked at. */
export interface Consumer {
  /** Its name in quarantine and ledger. */
  readonly name: ConsumerName;
  /** Its functions' names begin so. */
  readonly functions: string;
  /** What it takes: by family of events its group on Kafka, without `acme-`. */
  readonly reads: Readonly<Partial<Record<Family, string>>>;
  readonly takes: Takes;
  /** Whether an event lies in its sink once, however often it was sent; else its names are told apart by a reader. */
  readonly isExact?: boolean;
  /** What is in its sink, repetitions and all: ids of events, or `source shard sequence lines` of records. */
  readonly landed?: (lake: Lake) => Promise<readonly string[]>;
  /** Sums that it keeps, and what they must be. */
  readonly totals?: {
    readonly held: (lake: Lake) => Promise<Totals>;
    readonly wanted: (handedOver: Readonly<Record<Family, Lines>>) => Totals;
  };
}

const declared: readonly Omit<Consumer, 'reads' | 'takes'>[] = [
  {
    name: 'lake-loader',
    functions: 'AcmeDataLakeStack-Load',
    landed: (lake) => columnOf(lake, 'streaming_events', 'event_id'),
  },
  {
    name: 'clickstream-loader',
    functions: 'AcmeDataLakeStack-LoadClickstream',
    landed: (lake) => columnOf(lake, 'clickstream_events', 'event_id'),
  },
  {
    name: 'analytics',
    functions: 'kinesis-stream-processor',
    isExact: true,
    landed: async (lake) => (await itemsOf(lake, 'analytics-results')).map(({ eventId }) => eventId?.S ?? ''),
    totals: { held: analyticsTotals, wanted: keyTotals },
  },
  {
    name: 'enricher',
    functions: 'acme-data-enricher',
    landed: (lake) => columnOf(lake, 'enriched_events', 'event_id', `family = 'viewing'`),
  },
  {
    name: 'clickstream-enricher',
    functions: 'acme-data-enricher',
    landed: (lake) => columnOf(lake, 'enriched_events', 'event_id', `family = 'clickstream'`),
  },
  {
    name: 'auditor',
    functions: 'AcmeAuditStack',
    landed: async (lake) => seenBy(lake, 'auditor'),
  },
  {
    name: 'ws-consumer',
    functions: 'AcmeDashboardStack',
  },
];

const familyOf = { telemetry: 'viewing', clickstream: 'clickstream' } as const;

/** Every consumer there is. The next one joins with an entry above. */
export const consumers: readonly Consumer[] = declared.flatMap((consumer) => {
  const own = readersOf(consumer.name);
  const [{ takes } = readers[consumer.name]] = own.map((reader) => readers[reader]);
  return { ...consumer, takes, reads: Object.fromEntries(own.map((name) => [familyOf[readers[name].stream], name])) };
});

function seenBy(lake: Lake, reader: string): string[] {
  return ledgerOf(lake, reader).flatMap(({ source, shard, records }) =>
    records.map(({ sequence, lines }) => `${source} ${shard} ${sequence} ${lines}`),
  );
}
