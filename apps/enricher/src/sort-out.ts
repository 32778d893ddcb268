import { type SortedOut, sortOut as sortOutBatch, type SourceRecord } from '@acme/lambda-kit';
import type { EventRow } from '@acme/telemetry-schema';
import type { EventFamily } from './families.ts';

/** The events of a batch: those the contract takes, as rows, and those it refuses. */
export const sortOut = (batch: readonly SourceRecord[], { judge, rowOf }: EventFamily): SortedOut<EventRow> =>
  sortOutBatch(batch, judge, ({ value }) => {
    const good = rowOf(value);
    return { id: good.event_id, good };
  });
