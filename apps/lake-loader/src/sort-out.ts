import { type BatchEntry, judge, type Refused, type SourceRecord } from '@acme/lambda-kit';
import { parseViewingLine } from '@acme/telemetry-schema';

/** The events of a batch: those the contract takes, as the lines they came as, and those it refuses. */
export interface SortedOut {
  readonly good: readonly string[];
  readonly refused: readonly Refused[];
  /** What came of each record, for the ledger. */
  readonly records: BatchEntry['records'];
}

/** Checks every event of a batch again, against its arrival on the stream: anyone may write to the stream. */
export const sortOut = (batch: readonly SourceRecord[]): SortedOut => {
  const good: string[] = [];
  const refused: Refused[] = [];
  const records: BatchEntry['records'] = [];
  for (const record of batch) {
    const ids: string[] = [];
    const refusedBefore = refused.length;
    for (const judged of judge(record, parseViewingLine)) {
      if (judged.ok) {
        good.push(judged.line.trimEnd());
        ids.push(judged.value.event_id);
      } else refused.push(judged.refused);
    }
    const bad = refused.length - refusedBefore;
    const { position, arrivedAtMs } = record;
    records.push({ sequence: position.sequence, arrivedAtMs, in: ids.length + bad, bad, ids });
  }
  return { good, refused, records };
};
