import { type Batch, countLines, coverage, type SeenEntry } from '@acme/lambda-kit';

/** What lies on the stream, record by record: how many event lines, and when they arrived. Nothing is parsed. */
export const seen = (batch: Batch): SeenEntry => ({
  ...coverage(batch),
  records: batch.map((record) => ({
    sequence: record.position.sequence,
    arrivedAtMs: record.arrivedAtMs,
    lines: countLines(record),
  })),
});
