import type { KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { log } from './log.ts';
import { recordsOf, type SourceRecord } from './source-record.ts';

/**
 * A handler of a stream's batches. `consume` either takes the whole batch or throws: then the batch's first record is
 * reported, so that everything comes again and nothing is lost. (Kinesis sends all from the lowest reported record
 * again: docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html.) What it wrote before it
 * threw must be repeatable.
 */
export const streamHandler =
  (consume: (records: readonly [SourceRecord, ...SourceRecord[]]) => Promise<void>) =>
  async (event: KinesisStreamEvent): Promise<KinesisStreamBatchResponse> => {
    const [first, ...rest] = recordsOf(event);
    if (!first) return { batchItemFailures: [] };
    try {
      await consume([first, ...rest]);
      return { batchItemFailures: [] };
    } catch (error) {
      log.error('batch:failed', { ...first.position, records: rest.length + 1, error: error as Error });
      return { batchItemFailures: [{ itemIdentifier: first.id }] };
    }
  };
