import type { BatchEntry, Judged, Refused, SourceRecord } from '@acme/lambda-kit';

/** The events of a batch: those the contract takes, as lines of the lake, and those it refuses. */
export interface SortedOut {
  readonly good: readonly string[];
  readonly refused: readonly Refused[];
  /** What came of each record, for the ledger. */
  readonly records: BatchEntry['records'];
}

/** How a family's events are read from a record, and what becomes of a good one. */
export interface LoadedFamily<T> {
  readonly judge: (record: SourceRecord) => Iterable<Judged<T>>;
  readonly idOf: (event: T) => string;
  /** The line that the lake gets; `line` is the event's own. */
  readonly lineOf: (event: T, line: string) => string;
}

/** Checks every event of a batch again, against its arrival on the stream: anyone may write to the stream. */
export const sortOut = <T>(batch: readonly SourceRecord[], { judge, idOf, lineOf }: LoadedFamily<T>): SortedOut => {
  const good: string[] = [];
  const refused: Refused[] = [];
  const records: BatchEntry['records'] = [];
  for (const record of batch) {
    const ids: string[] = [];
    const refusedBefore = refused.length;
    for (const judged of judge(record)) {
      if (judged.ok) {
        good.push(lineOf(judged.value, judged.line));
        ids.push(idOf(judged.value));
      } else refused.push(judged.refused);
    }
    const bad = refused.length - refusedBefore;
    const { position, arrivedAtMs } = record;
    records.push({ sequence: position.sequence, arrivedAtMs, in: ids.length + bad, bad, ids });
  }
  return { good, refused, records };
};
