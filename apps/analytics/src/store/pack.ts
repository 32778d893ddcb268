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
  for (const entry of [...entries].sort(byPlace)) {
    let added = 0;
    for (const { key } of entry.shares) if (!counters.has(key)) added += 1;
    if (group.length > 0 && group.length + 1 + counters.size + added > limit) {
      groups.push(group);
      group = [];
      counters = new Set();
    }
    group.push(entry);
    for (const { key } of entry.shares) counters.add(key);
  }
  if (group.length > 0) groups.push(group);
  return groups;
};

/** By minute, then by page: in the order of the first and the last share. */
const byPlace = (one: Entry, other: Entry): number =>
  inOrder(one.shares[0]?.key, other.shares[0]?.key) || inOrder(one.shares.at(-1)?.key, other.shares.at(-1)?.key);

const inOrder = (one = '', other = ''): number => (one < other ? -1 : one > other ? 1 : 0);
