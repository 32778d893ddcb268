import { counterKey } from './counter.ts';
import type { Entry } from './entry.ts';

/** Actions of one transaction (limit: TransactWriteItems API reference). Its 4 MB are out of reach: items are small. */
export const maxActions = 100;

/**
 * Events in groups, each of which fits a transaction with all that it adds to counters. Events of one minute and one
 * page stand together, so that they share counters.
 */
export const pack = (entries: readonly Entry[], limit: number = maxActions): Entry[][] => {
  const groups: Entry[][] = [];
  let group: Entry[] = [];
  let counters = new Set<string>();
  for (const entry of inWindowOrder(entries)) {
    const keys = entry.windows.flatMap((window) => entry.counts.map(([subject]) => counterKey(window, subject)));
    const added = keys.filter((key) => !counters.has(key)).length;
    if (group.length > 0 && group.length + 1 + counters.size + added > limit) {
      groups.push(group);
      group = [];
      counters = new Set();
    }
    group.push(entry);
    for (const key of keys) counters.add(key);
  }
  if (group.length > 0) groups.push(group);
  return groups;
};

const inWindowOrder = (entries: readonly Entry[]): Entry[] =>
  entries
    .map((entry) => ({ entry, place: `${entry.windows[0]} ${entry.counts[1]?.[0] ?? ''}` }))
    .sort((one, other) => (one.place < other.place ? -1 : one.place > other.place ? 1 : 0))
    .map(({ entry }) => entry);
