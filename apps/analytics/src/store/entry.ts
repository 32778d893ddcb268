import { type Share, sharesOf } from '../aggregates/counts.ts';
import { instantOf, resultItem } from '../results/result-item.ts';
import type { Arrived } from '../sort-out.ts';
import type { Item } from './attributes.ts';

/** An event as it is stored: its item, and what it adds to which counters. */
export interface Entry extends Arrived {
  /** `keyOf` the event. */
  readonly key: string;
  readonly item: Item;
  /** What it adds to which counters: its minute's first, its page's last. */
  readonly shares: readonly Share[];
}

/**
 * Names an event: the same for the same event sent again.
 *
 * @param instant when it happened, as `instantOf` gives it
 */
export const keyOf = (eventId: string, instant: string): string => `${eventId} ${instant}`;

/** What there is to store of events; an event that is there twice is taken once, as it came first. */
export const entriesOf = (events: readonly Arrived[]): Entry[] => {
  const entries = new Map<string, Entry>();
  for (const arrived of events) {
    const { event, arrivedAtMs } = arrived;
    const instant = instantOf(event.timestamp);
    const key = keyOf(event.eventId, instant);
    if (entries.has(key)) continue;
    const shares = sharesOf(event, instant);
    entries.set(key, { event, arrivedAtMs, key, item: resultItem(arrived, instant), shares });
  }
  return [...entries.values()];
};
