import { log } from './log.ts';
import type { SourceRecord } from './source-record.ts';
import { type Batch, batchesOf, reportOf, type StreamEvent, type StreamReport } from './stream-event.ts';

/**
 * A handler of a stream's batches, on either transport. `consume` either takes the whole batch or throws, and what it
 * throws is transient by definition: poison is put into quarantine, never thrown. Then the batch's first record is
 * reported, or the one that StoppedAtError names, so that everything from there on comes again and nothing is lost.
 * What it wrote before it threw must be repeatable. A Kafka event may hold several partitions: their batches are taken
 * side by side, and one that fails holds up none of the others.
 */
export const streamHandler =
  (consume: (records: Batch) => Promise<void>) =>
  async (event: StreamEvent): Promise<StreamReport> => {
    const stoppedAt = await Promise.all(batchesOf(event).map((batch) => stopOf(batch, () => consume(batch))));
    return reportOf(event, stoppedAt.flat());
  };

/** The same for a consumer that takes all batches of an event together, or none of them. */
export const eventHandler =
  (consume: (batches: readonly [Batch, ...Batch[]]) => Promise<void>) =>
  async (event: StreamEvent): Promise<StreamReport> => {
    const [first, ...rest] = batchesOf(event);
    if (!first) return reportOf(event, []);
    const stoppedAt = await stopOf(first, () => consume([first, ...rest]));
    return reportOf(event, stoppedAt.length === 0 ? [] : [first, ...rest].map(([{ position }]) => position));
  };

const stopOf = async (batch: Batch, consume: () => Promise<void>): Promise<SourceRecord['position'][]> => {
  try {
    await consume();
    return [];
  } catch (error) {
    const { position } = error instanceof StoppedAtError ? error : batch[0];
    log.error('batch:failed', { ...position, records: batch.length, error: error as Error });
    return [position];
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
