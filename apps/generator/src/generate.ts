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

/** Events per call of the producer. */
export const batchSize = 1000;

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
  for (let done = 0; done < count; done += batchSize) {
    const part = { dial, from: from + done, count: Math.min(batchSize, count - done), clock: fixedClock(atMs) };
    const lines = faultyLines(universe, part, faultsOf[family]);
    const batch = await produce(lines, family);
    generated += lines.length;
    accepted += batch.accepted;
    rejected += batch.rejected;
  }
  return { family, seed, from, generated, accepted, rejected };
};
