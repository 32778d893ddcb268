import { type Counts, countsOf } from '../aggregates/counts.ts';
import { windowAt } from '../aggregates/windows.ts';
import { instantOf, resultItem } from '../results/result-item.ts';
import type { Arrived } from '../sort-out.ts';
import type { Item } from './attributes.ts';

/** An event as it is stored: its item, and what it adds to which counters. */
export interface Entry extends Arrived {
  /** Names the event: the same for the same event sent again. */
  readonly key: string;
  readonly item: Item;
  /** The windows it falls into, the minute first. */
  readonly windows: readonly string[];
  readonly counts: readonly (readonly [subject: string, counts: Counts])[];
}

/** What there is to store of events; an event that is there twice is taken once, as it came first. */
export const entriesOf = (events: readonly Arrived[]): Entry[] => {
  const entries = new Map<string, Entry>();
  for (const arrived of events) {
    const { event } = arrived;
    const instant = instantOf(event.timestamp);
    const key = `${event.eventId} ${instant}`;
    if (entries.has(key)) continue;
    entries.set(key, {
      ...arrived,
      key,
      item: resultItem(arrived),
      windows: [windowAt('minute', instant), windowAt('hour', instant)],
      counts: countsOf(event),
    });
  }
  return [...entries.values()];
};
