import { judgeClickstream, type SourceRecord } from '@acme/lambda-kit';
import type { ClicksFrame } from '@acme/live-frame';
import { type Filter, type Filtered, matches } from '../filter.ts';
import type { LiveFamily } from './push.ts';

/** A valid clickstream event, as far as the live view tells of it, and when it arrived. */
export interface LiveClick extends Filtered {
  readonly arrivedAtMs: number;
}

const read = (
  records: readonly SourceRecord[],
): { readonly events: readonly LiveClick[]; readonly invalid: number } => {
  const events: LiveClick[] = [];
  let invalid = 0;
  for (const record of records) {
    for (const judged of judgeClickstream(record)) {
      if (!judged.ok) {
        invalid += 1;
        continue;
      }
      const { eventType, deviceType = '' } = judged.value;
      events.push({ family: 'clickstream', eventType, deviceType, arrivedAtMs: record.arrivedAtMs });
    }
  }
  return { events, invalid };
};

const frame = (events: readonly LiveClick[], invalid: number, filter: Filter): ClicksFrame | undefined => {
  const wanted = events.filter((event) => matches(filter, event));
  if (wanted.length === 0 && invalid === 0) return undefined;
  const byType: Record<string, number> = {};
  for (const { eventType } of wanted) byType[eventType] = (byType[eventType] ?? 0) + 1;
  return { kind: 'clicks', total: wanted.length, invalid, missed: 0, byType };
};

/** The clickstream in the live view. */
export const liveClicks: LiveFamily<LiveClick, ClicksFrame> = { read, frame };
