import { type Judged, type SortedOut, sortOut as sortOutBatch, type SourceRecord } from '@acme/lambda-kit';

/** How a family's events are read from a record, and what becomes of a good one. */
export interface LoadedFamily<T> {
  readonly judge: (record: SourceRecord) => Iterable<Judged<T>>;
  readonly idOf: (event: T) => string;
  /** The line that the lake gets: of what the contract has parsed, never of what the sender wrote. */
  readonly lineOf: (event: T) => string;
}

/** The events of a batch: those the contract takes, as lines of the lake, and those it refuses. */
export const sortOut = <T>(
  batch: readonly SourceRecord[],
  { judge, idOf, lineOf }: LoadedFamily<T>,
): SortedOut<string> => sortOutBatch(batch, judge, ({ value }) => ({ id: idOf(value), good: lineOf(value) }));
