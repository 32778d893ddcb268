import { Random } from '@acme/synthetic';

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
  const random = new Random(seed, 0, 0);
  for (let turn = 1; ; turn += 1) {
    const third = Math.floor(everyMs / 3);
    yield { atMs: turn * everyMs + random.between(-third, third), target: turn % 4 === 0 ? 'dynamodb' : 'platform' };
  }
}
