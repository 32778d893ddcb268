import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { log } from './log.ts';
import { recordsOf, type SourceRecord } from './source-record.ts';

/** What Lambda hands over at a time: one record or more, of one shard, in order. */
export type Batch = readonly [SourceRecord, ...SourceRecord[]];

/**
 * A handler of a stream's batches. `consume` either takes the whole batch or throws, and what it throws is transient
 * by definition: poison is put into quarantine, never thrown. Then the batch's first record is reported, or the one
 * that StoppedAtError names, so that everything from there on comes again and nothing is lost. (Kinesis sends all from
 * the lowest reported record again: docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html.)
 * What it wrote before it threw must be repeatable.
 */
export const streamHandler =
  (consume: (records: Batch) => Promise<void>) =>
  async (event: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> => {
    const [first, ...rest] = recordsOf(event);
    if (!first) return { batchItemFailures: [] };
    try {
      await consume([first, ...rest]);
      return { batchItemFailures: [] };
    } catch (error) {
      const stoppedAt = error instanceof StoppedAtError ? error : first;
      log.error('batch:failed', { ...stoppedAt.position, records: rest.length + 1, error: error as Error });
      return { batchItemFailures: [{ itemIdentifier: stoppedAt.id }] };
    }
  };

/**
 * A consumer that takes one record after the other, for `streamHandler`. It stops at the first that fails: those before
 * it are done and do not come again, those after it have not been touched, so the order of the shard holds.
 */
export const oneByOne =
  (take: (record: SourceRecord) => Promise<void>) =>
  async (records: Batch): Promise<void> => {
    for (const record of records) {
      await take(record).catch((cause: unknown) => {
        throw new StoppedAtError(record, { cause });
      });
    }
  };

/** A transient failure at one record, the cause with it: all before it is done, it and all after it must come again. */
export class StoppedAtError extends Error {
  override readonly name = 'StoppedAtError';
  readonly id: string;
  readonly position: SourceRecord['position'];

  constructor({ id, position }: SourceRecord, options: { readonly cause: unknown }) {
    super(`stopped at record ${id}; it and all after it come again`, options);
    this.id = id;
    this.position = position;
  }
}
