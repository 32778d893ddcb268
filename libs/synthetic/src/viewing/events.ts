import type { ViewingEvent } from '@acme/telemetry-schema';
import type { Clock } from '../clock.ts';
import { customerId, numberedIds, titleId } from '../ids.ts';
import type { Universe } from '../universe/universe.ts';
import { devices, eventTypes, qualities, titleTypes } from '../universe/vocabulary.ts';
import { emptyBlock, fillBlock } from './block.ts';
import { completionTenths } from './completion.ts';
import { eventsPerBlock, sessionsPerBlock } from './limits.ts';
import { checkedRange, eachBlock, type EventRange } from './range.ts';
import { windowStart } from './window.ts';

export interface ViewingRange extends EventRange {
  readonly clock: Clock;
}

/**
 * The viewing events of a range, in the order of their numbers; within a block that is the order of time.
 *
 * `watch_duration_seconds` counts the whole seconds played since the session's start, `completion_percentage` is their
 * share of the title's running time, rounded down to a tenth.
 *
 * @throws RangeError when the range or the clock's answer is out of bounds
 */
export const viewingEvents = (universe: Universe, range: ViewingRange): ViewingEvent[] => {
  const { titles } = universe;
  const block = emptyBlock();
  const { sessions } = block;
  const eventId = numberedIds('ev', universe.seed);
  const sessionId = numberedIds('ss', universe.seed);
  const events: ViewingEvent[] = [];
  eachBlock(checkedRange(range), (number, first, end) => {
    fillBlock(universe, number, block);
    const startMs = windowStart(range.clock, number);
    for (let position = first; position < end; position++) {
      const key = block.timeline[position]!;
      const place = key & 255;
      const session = block.session[place]!;
      const title = sessions.title[session]!;
      const watched = block.watchedSeconds[place]!;
      events.push({
        event_id: eventId(number * eventsPerBlock + position),
        event_timestamp: new Date(startMs + (key >>> 8)).toISOString(),
        event_type: eventTypes[block.type[place]!]!,
        customer_id: customerId(sessions.customer[session]!),
        title_id: titleId(title),
        title_type: titleTypes[titles.type[title]!]!,
        device_type: devices[sessions.device[session]!]!,
        quality: qualities[sessions.quality[session]!]!,
        watch_duration_seconds: watched,
        completion_percentage: completionTenths(watched, titles.minutes[title]! * 60) / 10,
        session_id: sessionId(number * sessionsPerBlock + session),
      });
    }
  });
  return events;
};
