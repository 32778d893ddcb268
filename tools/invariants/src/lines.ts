import {
  type Expectation,
  expectations,
  type FaultyRange,
  faultyEvents,
  fixedClock,
  openUniverse,
} from '@acme/synthetic';
import type { Schedule } from './schedule.ts';

/** A line that is handed over, and what must become of it. */
export interface Line {
  readonly text: string;
  readonly expected: Expectation;
}

/** All that a run hands over, in its order. */
export interface Lines {
  /** Of each call of the generator. */
  readonly calls: readonly {
    readonly order: { readonly seed: number; readonly from: number; readonly count: number };
    readonly lines: readonly Line[];
  }[];
  /** What another producer puts onto the stream, good or bad, unchecked. */
  readonly others: readonly Line[];
}

const othersCount = 200;

/** The lines of a schedule; those of the generator are what it makes of the same order. */
export const linesOf = ({ seed, calls, dial, othersDial }: Schedule, atMs: number): Lines => {
  const clock = fixedClock(atMs);
  let next = 0;
  return {
    calls: calls.map((count) => {
      const from = next;
      next += count;
      return { order: { seed, from, count }, lines: labelled(seed, { from, count, dial, clock }) };
    }),
    others: labelled(othersSeed(seed), { from: 0, count: othersCount, dial: othersDial, clock }),
  };
};

/** The seed of the lines that another producer makes. */
export const othersSeed = (seed: number): number => (seed + 0x8000_0000) % 2 ** 32;

const labelled = (seed: number, range: FaultyRange): Line[] => {
  const universe = openUniverse(seed);
  const byNumber = new Map([...expectations(universe, range)].map((expected) => [expected.number, expected]));
  return faultyEvents(universe, range).map(({ number, line }) => ({
    text: line,
    expected: byNumber.get(number) as Expectation,
  }));
};
