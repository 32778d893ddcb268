import { judge, type SourceRecord } from '@acme/lambda-kit';
import { parseViewingLine, type ViewingEvent } from '@acme/telemetry-schema';
import type { Filtered } from '../filter.ts';

/** A valid event of the stream, and when it arrived there. */
export interface LiveEvent extends Filtered {
  readonly arrivedAtMs: number;
  readonly event: ViewingEvent;
}

/** The valid events of some records, in order, and how many others there were (the lake keeps those, with reasons). */
export const liveEvents = (
  records: readonly SourceRecord[],
): { readonly events: readonly LiveEvent[]; readonly invalid: number } => {
  const events: LiveEvent[] = [];
  let invalid = 0;
  for (const record of records) {
    for (const judged of judge(record, parseViewingLine)) {
      if (!judged.ok) {
        invalid += 1;
        continue;
      }
      const { event_type: eventType, device_type: deviceType } = judged.value;
      events.push({ family: 'viewing', eventType, deviceType, arrivedAtMs: record.arrivedAtMs, event: judged.value });
    }
  }
  return { events, invalid };
};
