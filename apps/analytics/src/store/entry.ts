import { type Counts, countsOf } from '../aggregates/counts.ts';
import { windowAt } from '../aggregates/windows.ts';
import { instantOf, resultItem } from '../results/result-item.ts';
import type { Arrived } from '../sort-out.ts';
import type { Item } from './attributes.ts';

/** What an event adds to one item of counters. */
export interface Share {
  /** Names the item: its window and its subject. */
  readonly key: string;
  readonly window: string;
  readonly subject: string;
  readonly counts: Counts;
}

/** An event as it is stored: its item, and what it adds to which counters. */
export interface Entry extends Arrived {
  /** Names the event: the same for the same event sent again. */
  readonly key: string;
  readonly item: Item;
  /** Of its minute, then of its hour; in each the most special subject last. */
  readonly shares: readonly Share[];
}

/** What there is to store of events; an event that is there twice is taken once, as it came first. */
export const entriesOf = (events: readonly Arrived[]): Entry[] => {
  const entries = new Map<string, Entry>();
  for (const arrived of events) {
    const { event, arrivedAtMs } = arrived;
    const instant = instantOf(event.timestamp);
    const key = `${event.eventId} ${instant}`;
    if (entries.has(key)) continue;
    const counts = countsOf(event);
    const shares: Share[] = [];
    for (const window of [windowAt('minute', instant), windowAt('hour', instant)])
      for (const [subject, own] of counts) shares.push({ key: `${window} ${subject}`, window, subject, counts: own });
    entries.set(key, { event, arrivedAtMs, key, item: resultItem(arrived, instant), shares });
  }
  return [...entries.values()];
};
