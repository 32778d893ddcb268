/** Whom a kill hits: the platform as a whole, or the engine that is a process of its own. */
export type Target = 'platform' | 'dynamodb';

export interface Kill {
  /** Since the start of the soak. */
  readonly atMs: number;
  readonly target: Target;
}

/**
 * When to kill what: about every `everyMs`, up to a third earlier or later; every fourth time only the engine. The same
 * seed gives the same plan.
 */
export function* killPlan(everyMs: number, seed: number): Generator<Kill> {
  const random = mulberry32(seed);
  for (let turn = 1; ; turn += 1) {
    const jitter = ((random() - 0.5) * 2 * everyMs) / 3;
    yield { atMs: turn * everyMs + jitter, target: turn % 4 === 0 ? 'dynamodb' : 'platform' };
  }
}

/** A small seeded source of numbers from 0 to 1 (Tommy Ettinger's mulberry32, public domain). */
const mulberry32 = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
