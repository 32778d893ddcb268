import type { Backoff } from '@acme/lambda-kit';
import { writeShards } from '../aggregates/keys.ts';
import type { Arrived } from '../sort-out.ts';
import { countersOf } from './counter.ts';
import { entriesOf, type Entry } from './entry.ts';
import { pack } from './pack.ts';
import type { Transact } from './transact.ts';

export interface Store {
  readonly transact: Transact;
  readonly backoff: Backoff;
  readonly wait: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** Transactions under way at a time, each on a write shard of its own. @default 4 */
  readonly concurrency?: number;
}

/** What became of a batch's events. */
export interface Stored {
  /** Those that were not there yet; all others were, and have been counted before. */
  readonly fresh: readonly Arrived[];
  /** Transactions that were tried, and how many of them others were in the way of. */
  readonly calls: number;
  readonly busy: number;
}

/**
 * Stores events and counts them, each exactly once: an event's item and its counters change in one transaction, which
 * is refused when the item is there. So it does not matter how often events come, in which batches, or in which order.
 *
 * @throws StillBusyError when time is up; what was stored before stays, and does not count again when it comes again
 */
export const storeEvents = async (
  events: readonly Arrived[],
  { transact, backoff, wait, random, concurrency = 4 }: Store,
): Promise<Stored> => {
  const groups = pack(entriesOf(events));
  const fresh: Entry[] = [];
  const any = Math.floor(random() * writeShards);
  let calls = 0;
  let busy = 0;

  const store = async (group: readonly Entry[], own: number): Promise<void> => {
    let writeShard = own;
    for (let left = group, attempt = 1; left.length > 0;) {
      const outcome = await transact(
        left.map(({ item }) => item),
        countersOf(left),
        writeShard,
      );
      calls += 1;
      if (outcome.kind === 'done') {
        fresh.push(...left);
        return;
      }
      if (outcome.kind === 'there') {
        const there = new Set(outcome.places);
        left = left.filter((_, place) => !there.has(place));
        continue;
      }
      busy += 1;
      const ms = backoff(attempt++);
      if (ms === undefined) throw new StillBusyError(left.length, { cause: outcome.cause });
      await wait(ms);
      writeShard = Math.floor(random() * writeShards);
    }
  };

  const one = async (own: number): Promise<void> => {
    for (let group = groups.shift(); group; group = groups.shift()) {
      await store(group, own).catch((error: unknown) => {
        groups.length = 0;
        throw error;
      });
    }
  };
  const running = Array.from({ length: Math.min(concurrency, groups.length) }, (_, at) =>
    one((any + at) % writeShards),
  );
  // All of them end before this does: none goes on behind the back of the batch that comes again.
  for (const result of await Promise.allSettled(running)) if (result.status === 'rejected') throw result.reason;
  return { fresh, calls, busy };
};

/** DynamoDB still had no room when time was up. */
export class StillBusyError extends Error {
  override readonly name = 'StillBusyError';

  constructor(events: number, options: { readonly cause: unknown }) {
    super(`${events} events could not be stored before the deadline; the batch will come again`, options);
  }
}
