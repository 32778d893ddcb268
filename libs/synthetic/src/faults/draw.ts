import { Random } from '../random.ts';
import type { Universe } from '../universe/universe.ts';
import { checkedRange } from '../viewing/range.ts';
import { drawLimit, type FaultDial, slices } from './dial.ts';
import type { FaultFamily } from './family.ts';
import type { Fault } from './fault.ts';
import { type FaultKind, faultKinds } from './event-faults.ts';
import { viewingFaults } from './viewing.ts';

/**
 * Tells the fault of any event by its number: the seed, the number and the dial decide it, and nothing else.
 *
 * @throws RangeError when the dial is not one
 */
export const openFaults = (
  universe: Universe,
  dial: FaultDial,
  { purpose, makers }: FaultFamily,
): ((number: number) => Fault | undefined) => {
  const ends = slices(dial);
  const end = ends.at(-1)!;
  if (end === 0) return () => undefined;
  return (number) => {
    const random = new Random(universe.seed, number, purpose);
    const drawn = random.below(drawLimit);
    if (drawn >= end) return undefined;
    const kind = faultKinds[ends.findIndex((sliceEnd) => drawn < sliceEnd)]!;
    return { kind, ...makers[kind](random, universe) };
  };
};

/**
 * The label of event `number`: which fault it has, if any. An event has one at most.
 *
 * @throws RangeError when the dial is not one, or there is no event of this number
 */
export const faultOf = (
  universe: Universe,
  dial: FaultDial,
  number: number,
  family: FaultFamily = viewingFaults,
): FaultKind | undefined => openFaults(universe, dial, family)(checkedRange({ from: number, count: 1 }).from)?.kind;
