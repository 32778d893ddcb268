import { type BatchEntry, judgeClickstream, type Refused, type SourceRecord } from '@acme/lambda-kit';
import type { ClickstreamEvent } from '@acme/telemetry-schema';

/** An event and when it reached the stream, in ms UTC. */
export interface Arrived {
  readonly event: ClickstreamEvent;
  readonly arrivedAtMs: number;
}

/** The events of a batch: those the contract takes, in their order, and those it refuses. */
export interface SortedOut {
  readonly good: readonly Arrived[];
  readonly refused: readonly Refused[];
  /** What came of each record, for the ledger. */
  readonly records: BatchEntry['records'];
}

/** Checks every event of a batch against its arrival on the stream: anyone may write to the stream. */
export const sortOut = (batch: readonly SourceRecord[]): SortedOut => {
  const good: Arrived[] = [];
  const refused: Refused[] = [];
  const records: BatchEntry['records'] = [];
  for (const record of batch) {
    const { position, arrivedAtMs } = record;
    const ids: string[] = [];
    const refusedBefore = refused.length;
    for (const judged of judgeClickstream(record)) {
      if (judged.ok) {
        good.push({ event: judged.value, arrivedAtMs });
        ids.push(judged.value.eventId);
      } else refused.push(judged.refused);
    }
    const bad = refused.length - refusedBefore;
    records.push({ sequence: position.sequence, arrivedAtMs, in: ids.length + bad, bad, ids });
  }
  return { good, refused, records };
};
