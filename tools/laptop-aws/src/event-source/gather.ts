import { BatchBuilder, type Batch } from './batch.ts';
import type { DeliverySettings } from './mapping-settings.ts';
import type { RecordFormat, RecordReader, SourceRecord } from './source-record.ts';
import { waitFor } from './wait.ts';

/**
 * The next batch of a reader: it ends at the batch size, at Lambda's payload limit, or when the batching window is over
 * that its first record opened (https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html). Without
 * a window it is what is there.
 *
 * @param passedOver is told, while the batch is still empty, up to which index there was no record for it
 * @returns undefined when stopped
 */
export const gather = async <Some extends SourceRecord>(
  reader: RecordReader<Some>,
  format: RecordFormat<Some>,
  { batchSize, windowMs }: Pick<DeliverySettings, 'batchSize' | 'windowMs'>,
  passedOver: (index: number) => void,
  stop: AbortSignal,
): Promise<Batch<Some> | undefined> => {
  const builder = new BatchBuilder(format, batchSize);
  let endsAt: number | undefined;
  while (!stop.aborted) {
    if (builder.size === 0) passedOver(reader.position);
    const { appended } = reader;
    if (await reader.fetch()) {
      if (fill(builder, reader)) return builder.batch();
      continue;
    }
    if (builder.size > 0) endsAt ??= performance.now() + windowMs;
    const leftMs = endsAt === undefined ? undefined : endsAt - performance.now();
    if (leftMs !== undefined && leftMs <= 0) return builder.batch();
    const why = await waitFor(appended, leftMs, stop);
    if (why === 'time') return builder.batch();
  }
  return undefined;
};

/** Moves fetched records into the batch; true when it takes no more. */
const fill = <Some extends SourceRecord>(builder: BatchBuilder<Some>, reader: RecordReader<Some>): boolean => {
  for (let record = reader.peek(); record; record = reader.peek()) {
    if (!builder.add(record)) return true;
    reader.take();
    if (builder.full) return true;
  }
  return false;
};
