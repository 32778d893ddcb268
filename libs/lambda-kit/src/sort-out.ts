import type { Judged } from './judge.ts';
import type { BatchEntry } from './ledger/batch-entry.ts';
import type { Refused } from './quarantine.ts';
import type { SourceRecord } from './source-record.ts';

/** The events of a batch: what a consumer makes of those the contract takes, in their order, and those it refuses. */
export interface SortedOut<Good> {
  readonly good: readonly Good[];
  readonly refused: readonly Refused[];
  /** What came of each record, for the ledger. */
  readonly records: BatchEntry['records'];
}

/** An event that the contract takes. */
export type Taken<Event> = Extract<Judged<Event>, { readonly ok: true }>;

/**
 * Checks every event of a batch against its arrival on the stream: anyone may write to the stream.
 *
 * @param judge reads the events of a record
 * @param take names a good event, and says what the consumer goes on with
 */
export const sortOut = <Event, Good>(
  batch: readonly SourceRecord[],
  judge: (record: SourceRecord) => Iterable<Judged<Event>>,
  take: (event: Taken<Event>, record: SourceRecord) => { readonly id: string; readonly good: Good },
): SortedOut<Good> => {
  const good: Good[] = [];
  const refused: Refused[] = [];
  const records: BatchEntry['records'] = [];
  for (const record of batch) {
    const ids: string[] = [];
    const refusedBefore = refused.length;
    for (const judged of judge(record)) {
      if (judged.ok) {
        const taken = take(judged, record);
        good.push(taken.good);
        ids.push(taken.id);
      } else refused.push(judged.refused);
    }
    const bad = refused.length - refusedBefore;
    const { position, arrivedAtMs } = record;
    records.push({ sequence: position.sequence, arrivedAtMs, in: ids.length + bad, bad, ids });
  }
  return { good, refused, records };
};
