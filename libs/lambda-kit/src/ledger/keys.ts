import { rangeOf, type SourceRecord } from '../source-record.ts';
import type { Batch } from '../stream-event.ts';
import type { BatchEntry } from './batch-entry.ts';
import type { Receipt } from './receipt.ts';

/** Where in the lake's bucket each writer's entries lie: by stream, then by hour. */
export const ledgerPrefix = (writer: string): string => `ledger/${writer}/`;

/** The writers that are no consumers. */
export const receiptWriter = 'receipts';
export const streamReader = 'auditor';

/** `hour=2026-01-31T09`, in UTC. */
export const hourFolder = (ms: number): string => `hour=${new Date(ms).toISOString().slice(0, 13)}`;

/** Unique to the receipt: whatever an invocation that is tried again sends lies on the stream as well. */
export const receiptKey = ({
  stream,
  request,
  startedAtMs,
  number,
}: Pick<Receipt, 'stream' | 'request' | 'startedAtMs' | 'number'>): string =>
  `${ledgerPrefix(receiptWriter)}${stream}/${hourFolder(startedAtMs)}/${request}-${startedAtMs}-${number}.json.zst`;

/** A key that a retry of the same batch reproduces. The hour is that of the first record's arrival on the stream. */
export const batchKey = (writer: string, records: Batch): string => {
  const { source, shard } = records[0].position;
  return `${ledgerPrefix(writer)}${source}/${hourFolder(records[0].arrivedAtMs)}/${shard}/${rangeOf(records)}.json.zst`;
};

/** The range that a batch covers, as its ledger entry says it. */
export const coverage = (
  records: Batch,
): Pick<BatchEntry, 'source' | 'shard' | 'first' | 'last' | 'firstArrivalMs' | 'lastArrivalMs'> => {
  const [first] = records;
  const last = records.at(-1) as SourceRecord;
  return {
    source: first.position.source,
    shard: first.position.shard,
    first: first.position.sequence,
    last: last.position.sequence,
    firstArrivalMs: first.arrivedAtMs,
    lastArrivalMs: last.arrivedAtMs,
  };
};
