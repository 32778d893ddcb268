import { columnOf, type Lake, ledgerOf } from './lake.ts';

/**
 * A consumer of the telemetry stream, and what it promises.
 *
 * `events`: every good event is in its sink and every bad one in its quarantine. `records`: it notes every record,
 * whatever it holds. `view`: it goes on whatever happens, and promises no more.
 */
export interface Consumer {
  /** Its folder in apps/, and its name in quarantine and ledger. */
  readonly name: string;
  /** Its functions' names begin so. */
  readonly stack: string;
  readonly takes: 'events' | 'records' | 'view';
  /** Whether an event lies in its sink once, however often it was sent; else its names are told apart by a reader. */
  readonly isExact?: boolean;
  /** What is in its sink, repetitions and all: ids of events, or `shard sequence lines` of records. */
  readonly landed?: (lake: Lake) => Promise<readonly string[]>;
}

/** Every consumer there is. The next one joins with a line. */
export const consumers: readonly Consumer[] = [
  {
    name: 'lake-loader',
    stack: 'AcmeDataLakeStack',
    takes: 'events',
    landed: (lake) => columnOf(lake, 'streaming_events', 'event_id'),
  },
  { name: 'auditor', stack: 'AcmeAuditStack', takes: 'records', landed: async (lake) => seenBy(lake, 'auditor') },
  { name: 'ws-consumer', stack: 'AcmeDashboardStack', takes: 'view' },
];

const seenBy = (lake: Lake, reader: string): string[] =>
  ledgerOf(lake, reader).flatMap(({ shard, records }) =>
    records.map(({ sequence, lines }) => `${shard} ${sequence} ${lines}`),
  );
