import { ledgerKey, quarantineKey, receiptWriter } from '@acme/lake-layout';
import { rangeOf, type SourceRecord } from '../source-record.ts';
import type { Batch } from '../stream-event.ts';
import type { BatchEntry } from './batch-entry.ts';
import type { Receipt } from './receipt.ts';

/** Unique to the receipt: whatever an invocation that is tried again sends lies on the stream as well. */
export const receiptKey = ({
  stream,
  request,
  startedAtMs,
  number,
}: Pick<Receipt, 'stream' | 'request' | 'startedAtMs' | 'number'>): string =>
  ledgerKey({
    writer: receiptWriter,
    source: stream,
    atMs: startedAtMs,
    name: `${request}-${startedAtMs}-${number}`,
  });

/** A key that a retry of the same batch reproduces. The hour is that of the first record's arrival on the stream. */
export const batchKey = (writer: string, records: Batch): string => {
  const { source, shard } = records[0].position;
  return ledgerKey({ writer, source, atMs: records[0].arrivedAtMs, name: `${shard}/${rangeOf(records)}` });
};

/** Where what was refused of a batch lies: a key that a retry of the same batch reproduces. */
export const batchQuarantineKey = (writer: string, records: Batch): string => {
  const { source, shard } = records[0].position;
  return quarantineKey(writer, `${source}/${shard}/${rangeOf(records)}`);
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
