import { LRUCache } from 'lru-cache';
import type { Known } from './known.ts';

/** What a lookup came to; `absent` where there was no row. */
export type Answer = Known | typeof absent;
export const absent = 'absent';

export interface CacheLimits {
  /** Answers kept; the one that was asked for longest ago goes first. */
  readonly entries: number;
  readonly hitMs: number;
  readonly missMs: number;
}

/** Answers of one dimension, each for a limited time. */
export interface Cache {
  /** An answer that is not older than it may be. */
  readonly get: (key: string) => Answer | undefined;
  /** @param askedAtMs when it was asked for: an answer is as old as its question */
  readonly set: (key: string, answer: Answer, askedAtMs: number) => void;
}

/**
 * A bounded cache that never serves an answer past its time. It goes by the time of day: Lambda freezes a function
 * between batches, and clocks that count from its start may stand still meanwhile, as timers do.
 */
export const cacheOf = ({ entries, hitMs, missMs }: CacheLimits, now: () => number = Date.now): Cache => {
  const cache = new LRUCache<string, Answer>({ max: entries, ttl: hitMs, ttlResolution: 0, perf: { now } });
  return {
    get: (key) => cache.get(key),
    set: (key, answer, start) => void cache.set(key, answer, { start, ttl: answer === absent ? missMs : hitMs }),
  };
};
