import { judgeClickstream, type SortedOut, sortOut as sortOutBatch, type SourceRecord } from '@acme/lambda-kit';
import type { ClickstreamEvent } from '@acme/telemetry-schema';

/** An event and when it reached the stream, in ms UTC. */
export interface Arrived {
  readonly event: ClickstreamEvent;
  readonly arrivedAtMs: number;
}

/** The events of a batch: those the contract takes, with their arrival, and those it refuses. */
export const sortOut = (batch: readonly SourceRecord[]): SortedOut<Arrived> =>
  sortOutBatch(batch, judgeClickstream, ({ value: event }, { arrivedAtMs }) => ({
    id: event.eventId,
    good: { event, arrivedAtMs },
  }));
