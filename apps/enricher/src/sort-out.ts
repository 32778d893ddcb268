import type { BatchEntry, Refused, SourceRecord } from '@acme/lambda-kit';
import type { EventRow } from '@acme/telemetry-schema';
import type { EventFamily } from './families.ts';

/** The events of a batch: those the contract takes, as rows in their order, and those it refuses. */
export interface SortedOut {
  readonly good: readonly EventRow[];
  readonly refused: readonly Refused[];
  /** What came of each record, for the ledger. */
  readonly records: BatchEntry['records'];
}

/** Checks every event of a batch against its arrival on the stream: anyone may write to the stream. */
export const sortOut = (batch: readonly SourceRecord[], { judge, rowOf }: EventFamily): SortedOut => {
  const good: EventRow[] = [];
  const refused: Refused[] = [];
  const records: BatchEntry['records'] = [];
  for (const record of batch) {
    const { position, arrivedAtMs } = record;
    const ids: string[] = [];
    const refusedBefore = refused.length;
    for (const judged of judge(record)) {
      if (judged.ok) {
        const row = rowOf(judged.value);
        good.push(row);
        ids.push(row.event_id);
      } else refused.push(judged.refused);
    }
    const bad = refused.length - refusedBefore;
    records.push({ sequence: position.sequence, arrivedAtMs, in: ids.length + bad, bad, ids });
  }
  return { good, refused, records };
};
