import {
  clickstreamFaults,
  type FaultFamily,
  faultyLines,
  fixedClock,
  type Universe,
  viewingFaults,
} from '@acme/synthetic';
import type { Family } from '@acme/telemetry-schema';
import type { Range } from './order.ts';

/** Most events per call of the producer: records of the stream fill well, and a call that fails repeats not too many. */
export const batchEvents = 8_000;

/**
 * Most bytes of the lines of a call. Its payload has their quotes escaped, which is a quarter to a third more (limit: 6 MB a
 * synchronous invocation, Lambda quotas).
 */
export const batchBytes = 4 * 1024 * 1024;

/** Hands a batch of event lines of a family to the producer; says how many it accepted and rejected. */
export type Producer = (
  lines: readonly string[],
  family: Family,
) => Promise<{ readonly accepted: number; readonly rejected: number }>;

const faultsOf: Readonly<Record<Family, FaultFamily>> = { viewing: viewingFaults, clickstream: clickstreamFaults };

export interface Generated {
  readonly family: Family;
  readonly seed: number;
  readonly from: number;
  /** Lines handed to the producer: with faults on the dial, some events are there twice. */
  readonly generated: number;
  readonly accepted: number;
  readonly rejected: number;
}

/**
 * Makes the events of a range and has the producer take them, batch after batch.
 *
 * @throws what the producer throws; run the same range again, its events keep their ids
 */
export const generate = async (
  universe: Universe,
  { family, seed, from, count, atMs, dial }: Range,
  produce: Producer,
): Promise<Generated> => {
  let generated = 0;
  let accepted = 0;
  let rejected = 0;
  for (let done = 0; done < count; done += batchEvents) {
    const part = { dial, from: from + done, count: Math.min(batchEvents, count - done), clock: fixedClock(atMs) };
    for (const lines of callsOf(faultyLines(universe, part, faultsOf[family]))) {
      const batch = await produce(lines, family);
      generated += lines.length;
      accepted += batch.accepted;
      rejected += batch.rejected;
    }
  }
  return { family, seed, from, generated, accepted, rejected };
};

/** The lines, in their order, in calls of `batchBytes`; a longer line goes alone. */
function* callsOf(lines: readonly string[]): Generator<readonly string[]> {
  let from = 0;
  let bytes = 0;
  for (const [index, line] of lines.entries()) {
    const size = Buffer.byteLength(line) + 1;
    if (index > from && bytes + size > batchBytes) {
      yield lines.slice(from, index);
      from = index;
      bytes = 0;
    }
    bytes += size;
  }
  if (from < lines.length) yield lines.slice(from);
}
