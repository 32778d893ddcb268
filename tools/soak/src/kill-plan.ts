import { Random } from '@acme/synthetic';

/** Whom a kill hits: the platform as a whole, or an engine that is a process of its own. */
export type Target = 'platform' | 'dynamodb' | 'kafka';

export interface Kill {
  /** Since the start of the soak. */
  readonly atMs: number;
  readonly target: Target;
  /** How far the clock of the platform that follows is off. */
  readonly clockJumpMs: number;
}

/**
 * A clock is off by so much at most. Events may be five minutes ahead of their arrival, and those with a fast clock are up
 * to four: from one end of this to the other they stay good, so that the answer key holds.
 */
const longestJumpMs = 25_000;

/**
 * When to kill what: about every `everyMs`, up to a third earlier or later; every fourth time only DynamoDB's engine, and
 * where Kafka carries the events, every fourth time only its broker. The same seed gives the same plan.
 *
 * @param jumps whether clocks are off, every second time back to the truth
 */
export function* killPlan(everyMs: number, seed: number, jumps: boolean, onKafka = false): Generator<Kill> {
  const random = new Random(seed, 0, 0);
  for (let turn = 1; ; turn += 1) {
    const third = Math.floor(everyMs / 3);
    const atMs = turn * everyMs + random.between(-third, third);
    const jumpMs = random.between(-longestJumpMs, longestJumpMs);
    yield {
      atMs,
      target: turn % 4 === 0 ? 'dynamodb' : onKafka && turn % 4 === 2 ? 'kafka' : 'platform',
      clockJumpMs: jumps && turn % 2 === 1 ? jumpMs : 0,
    };
  }
}
