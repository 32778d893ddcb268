import { Random } from '../random.ts';
import { purposes } from '../universe/purposes.ts';
import type { Universe } from '../universe/universe.ts';
import { checkedRange } from '../viewing/range.ts';
import { duplicate, hotKey, outOfOrder } from './delivery.ts';
import { drawLimit, type FaultDial, slices } from './dial.ts';
import type { Fault, FaultMaker } from './fault.ts';
import { type FaultKind, faultKinds } from './kinds.ts';
import { notAnObject, notJson, oversize } from './not-an-event.ts';
import { clockAhead, clockBehind, clockFarAhead, late, timestampIn1970, timestampNextYear } from './times.ts';
import { missingField, negativeDuration, unknownEventType, wrongType } from './wrong-fields.ts';

const makers: Readonly<Record<FaultKind, FaultMaker>> = {
  late,
  duplicate,
  outOfOrder,
  hotKey,
  clockBehind,
  clockAhead,
  notJson,
  notAnObject,
  missingField,
  wrongType,
  unknownEventType,
  negativeDuration,
  timestampIn1970,
  timestampNextYear,
  clockFarAhead,
  oversize,
};

/**
 * Tells the fault of any event by its number: the seed, the number and the dial decide it, and nothing else.
 *
 * @throws RangeError when the dial is not one
 */
export const openFaults = (universe: Universe, dial: FaultDial): ((number: number) => Fault | undefined) => {
  const ends = slices(dial);
  const end = ends.at(-1)!;
  if (end === 0) return () => undefined;
  return (number) => {
    const random = new Random(universe.seed, number, purposes.faults);
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
export const faultOf = (universe: Universe, dial: FaultDial, number: number): FaultKind | undefined =>
  openFaults(universe, dial)(checkedRange({ from: number, count: 1 }).from)?.kind;
