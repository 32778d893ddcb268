import type { Family } from '@acme/telemetry-schema';
import { analyticsTotals, keyTotals, type Totals } from './totals.ts';
import { columnOf, itemsOf, type Lake, ledgerOf } from './lake.ts';
import type { Lines } from './lines.ts';

/**
 * A consumer, and what it promises.
 *
 * `events`: every good event is in its sink and every bad one in its quarantine. `records`: it notes every record,
 * whatever it holds. `view`: it goes on whatever happens, and promises no more.
 */
export interface Consumer {
  /** Its name in quarantine and ledger. */
  readonly name: string;
  /** Its functions' names begin so. */
  readonly functions: string;
  /** What it takes: by family of events its group on Kafka, without `acme-`. */
  readonly reads: Readonly<Partial<Record<Family, string>>>;
  readonly takes: 'events' | 'records' | 'view';
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

/** Every consumer there is. The next one joins with a line. */
export const consumers: readonly Consumer[] = [
  {
    name: 'lake-loader',
    functions: 'AcmeDataLakeStack-Load',
    reads: { viewing: 'lake-loader' },
    takes: 'events',
    landed: (lake) => columnOf(lake, 'streaming_events', 'event_id'),
  },
  {
    name: 'clickstream-loader',
    functions: 'AcmeDataLakeStack-LoadClickstream',
    reads: { clickstream: 'clickstream-loader' },
    takes: 'events',
    landed: (lake) => columnOf(lake, 'clickstream_events', 'event_id'),
  },
  {
    name: 'analytics',
    functions: 'kinesis-stream-processor',
    reads: { clickstream: 'analytics' },
    takes: 'events',
    isExact: true,
    landed: async (lake) => (await itemsOf(lake, 'analytics-results')).map(({ eventId }) => eventId?.S ?? ''),
    totals: { held: analyticsTotals, wanted: keyTotals },
  },
  {
    name: 'enricher',
    functions: 'acme-data-enricher',
    reads: { viewing: 'enricher' },
    takes: 'events',
    landed: (lake) => columnOf(lake, 'enriched_events', 'event_id', `family = 'viewing'`),
  },
  {
    name: 'clickstream-enricher',
    functions: 'acme-data-enricher',
    reads: { clickstream: 'clickstream-enricher' },
    takes: 'events',
    landed: (lake) => columnOf(lake, 'enriched_events', 'event_id', `family = 'clickstream'`),
  },
  {
    name: 'auditor',
    functions: 'AcmeAuditStack',
    reads: { viewing: 'auditor', clickstream: 'clickstream-auditor' },
    takes: 'records',
    landed: async (lake) => seenBy(lake, 'auditor'),
  },
  {
    name: 'ws-consumer',
    functions: 'AcmeDashboardStack',
    reads: { viewing: 'ws-consumer', clickstream: 'ws-consumer-clicks' },
    takes: 'view',
  },
];

const seenBy = (lake: Lake, reader: string): string[] =>
  ledgerOf(lake, reader).flatMap(({ source, shard, records }) =>
    records.map(({ sequence, lines }) => `${source} ${shard} ${sequence} ${lines}`),
  );
