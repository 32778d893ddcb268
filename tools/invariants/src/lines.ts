import type { Family } from '@acme/telemetry-schema';
import {
  addFaultyClickstreamKeys,
  type Expectation,
  expectations,
  type FaultFamily,
  type FaultyClickstreamKey,
  faultyClickstreamKey,
  type FaultyRange,
  faultyEvents,
  fixedClock,
  openUniverse,
} from '@acme/synthetic';
import { damagedRecords } from './other-producer.ts';
import type { Schedule } from './schedule.ts';
import { ofEach, streams } from './streams.ts';
import type { Line } from './line.ts';

/** All that a run hands over of one family, in its order. */
export interface Lines {
  /** Of each call of the generator. */
  readonly calls: readonly {
    readonly order: { readonly seed: number; readonly from: number; readonly count: number };
    readonly lines: readonly Line[];
  }[];
  /** What another producer puts onto the stream, good or bad, unchecked. */
  readonly others: readonly Line[];
  /** What must be counted of the clickstream, were all of it of that. */
  readonly clicks: FaultyClickstreamKey;
}

/** The lines of a schedule by family; those of the generator are what it makes of the same order. */
export const linesOf = ({ seed, traffic }: Schedule, atMs: number): Record<Family, Lines> =>
  ofEach((family) => {
    const { calls, dial, others, othersDial } = traffic[family];
    const clock = fixedClock(atMs);
    const { faults, parse } = streams[family];
    const written = (text: string): string | undefined => {
      const parsed = parse(text, atMs);
      return parsed.ok ? JSON.stringify(parsed.value) : undefined;
    };
    const asItIs = (text: string): string => text;
    let next = 0;
    const orders = calls.map((count) => {
      const from = next;
      next += count;
      return { seed, from, count };
    });
    const ofOthers = { from: 0, count: others };
    return {
      calls: orders.map((order) => ({ order, lines: labelled(seed, { ...order, dial, clock }, faults, written) })),
      others: [
        ...labelled(othersSeed(seed), { ...ofOthers, dial: othersDial, clock }, faults, asItIs),
        ...('notJson' in othersDial ? damagedRecords(seed) : []),
      ],
      clicks: addFaultyClickstreamKeys(
        faultyClickstreamKey(openUniverse(seed), { from: 0, count: next, dial }),
        faultyClickstreamKey(openUniverse(othersSeed(seed)), { ...ofOthers, dial: othersDial }),
      ),
    };
  });

/** The seed of the lines that another producer makes. */
export const othersSeed = (seed: number): number => (seed + 0x8000_0000) % 2 ** 32;

const labelled = (
  seed: number,
  range: FaultyRange,
  faults: FaultFamily,
  onStream: (text: string) => string | undefined,
): Line[] => {
  const universe = openUniverse(seed);
  const byNumber = new Map([...expectations(universe, range, faults)].map((expected) => [expected.number, expected]));
  return faultyEvents(universe, range, faults).map(({ number, line }) => ({
    text: line,
    onStream: onStream(line),
    expected: byNumber.get(number) as Expectation,
  }));
};
