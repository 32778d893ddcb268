import type { Measured, Measurement } from '@acme/lambda-kit';

/** What is worth knowing of a batch. */
export interface BatchFigures {
  readonly events: number;
  readonly refused: number;
  /** Events that were there already. */
  readonly duplicates: number;
  readonly durationMs: number;
  /** From the arrival of its oldest record on the stream to the end of the batch. */
  readonly ageMs: number;
  /** Transactions tried, and how many of them others were in the way of. */
  readonly calls: number;
  readonly busy: number;
}

const count = (value: number): Measured => ({ unit: 'Count', values: [value] });
const ms = (value: number): Measured => ({ unit: 'Milliseconds', values: [value] });

export const batchMetrics = (of: BatchFigures): Measurement[] => [
  {
    metrics: {
      'Batch/Size': count(of.events),
      'Batch/Refused': count(of.refused),
      'Batch/Duplicates': count(of.duplicates),
      'Batch/Duration': ms(of.durationMs),
      'Batch/Age': ms(of.ageMs),
      'Batch/Transactions': count(of.calls),
      'Batch/Conflicts': count(of.busy),
      'Batch/Failures': count(0),
    },
  },
];

/** A batch that could not be taken, and comes again. */
export const failedBatch = (): Measurement[] => [{ metrics: { 'Batch/Failures': count(1) } }];
