import { log } from '@acme/lambda-kit';
import { type Dimension, parseItem } from '../dimensions/index.ts';
import type { BatchGet } from './batch-get.ts';
import { absent, type Cache, cacheOf, type CacheLimits } from './cache.ts';
import { fetchItems, type Patience } from './fetch.ts';
import { type Asked, type Known, knownOf } from './known.ts';

/** What the keys of one dimension came to. */
export interface Looked {
  /** By key; a key without a row is not in it. */
  readonly known: ReadonlyMap<string, Known>;
  /** Distinct keys, and how many of them the cache answered. */
  readonly keys: number;
  readonly cached: number;
}

export interface LookedUp {
  readonly by: ReadonlyMap<Dimension, Looked>;
  /** Calls of DynamoDB. */
  readonly calls: number;
}

/**
 * Looks up the keys of a batch, by dimension, each once.
 *
 * @throws HeldBackError, MissingTableError: the batch must then come again
 */
export type LookUp = (keys: ReadonlyMap<Dimension, ReadonlySet<string>>, patience: Patience) => Promise<LookedUp>;

/** Lookups in DynamoDB behind a cache for each dimension, which lives as long as the function. */
export const lookingUp = (get: BatchGet, limits: CacheLimits, now: () => number = Date.now): LookUp => {
  const caches = new Map<Dimension, Cache>();
  const cacheFor = (dimension: Dimension): Cache => {
    const there = caches.get(dimension) ?? cacheOf(limits, now);
    caches.set(dimension, there);
    return there;
  };
  return async (keys, patience) => {
    const askedAtMs = now();
    const by = new Map<Dimension, { known: Map<string, Known>; keys: number; cached: number }>();
    const asked: Asked[] = [];
    for (const [dimension, some] of keys) {
      const cache = cacheFor(dimension);
      const known = new Map<string, Known>();
      let cached = 0;
      for (const key of some) {
        const answer = cache.get(key);
        if (answer === undefined) asked.push({ dimension, key });
        else cached += 1;
        if (answer !== undefined && answer !== absent) known.set(key, answer);
      }
      by.set(dimension, { known, keys: some.size, cached });
    }
    const { items, calls } = await fetchItems(asked, get, patience);
    for (const { dimension, key, item } of items) {
      const parsed = parseItem(dimension, item);
      // A row that cannot be read is as good as none: it may hold up no event.
      if (parsed.ok) by.get(dimension)?.known.set(key, knownOf(dimension, parsed.value));
      else log.error('lookup:unreadable', { dimension: dimension.name, problems: parsed.problems });
    }
    for (const { dimension, key } of asked)
      cacheFor(dimension).set(key, by.get(dimension)?.known.get(key) ?? absent, askedAtMs);
    return { by, calls };
  };
};
