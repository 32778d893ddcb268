import { type Batch, countFrames, coverage, type SeenEntry } from '@acme/lambda-kit';

/** What lies on the stream, record by record: how many events, and when they arrived. Nothing is parsed. */
export const seen = (batch: Batch): SeenEntry => ({
  ...coverage(batch),
  records: batch.map((record) => ({
    sequence: record.position.sequence,
    arrivedAtMs: record.arrivedAtMs,
    lines: countFrames(record.bytes),
  })),
});
