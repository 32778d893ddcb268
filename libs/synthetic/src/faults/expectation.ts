import type { Problem } from '@acme/telemetry-schema';
import { numberedIds } from '../ids.ts';
import type { Universe } from '../universe/universe.ts';
import { checkedRange, type EventRange } from '../viewing/range.ts';
import type { FaultDial } from './dial.ts';
import { openFaults } from './draw.ts';
import type { FaultFamily } from './family.ts';
import type { Fault } from './fault.ts';
import type { FaultKind } from './event-faults.ts';
import { viewingFaults } from './viewing.ts';

interface Expected {
  readonly number: number;
  readonly eventId: string;
  readonly fault: FaultKind | undefined;
}

/** What must become of one event. */
export type Expectation =
  | (Expected & {
      /** It is in every sink once. */
      readonly outcome: 'lands';
      /** How many more times its line is handed over: duplicates of it, none of which may land besides. */
      readonly copies: 0 | 1;
    })
  /** It is in no sink, and its line is in quarantine with this as its first problem. */
  | (Expected & { readonly outcome: 'quarantined' } & Problem);

/** A range of events and their faults, at any time. */
export interface FaultyNumbers extends EventRange {
  readonly dial: FaultDial;
}

const expectation = (number: number, id: string, fault: Fault | undefined): Expectation => {
  const expected = { number, eventId: id, fault: fault?.kind };
  if (fault?.problem) return { ...expected, outcome: 'quarantined', ...fault.problem };
  return { ...expected, outcome: 'lands', copies: fault?.againAfter === undefined ? 0 : 1 };
};

/**
 * What must become of event `number`, for any range that it is handed over in and any clock.
 *
 * @throws RangeError when the dial is not one, or there is no event of this number
 */
export const expectationOf = (
  universe: Universe,
  dial: FaultDial,
  number: number,
  family: FaultFamily = viewingFaults,
): Expectation => {
  checkedRange({ from: number, count: 1 });
  const id = numberedIds(family.idPrefix, universe.seed)(number);
  return expectation(number, id, openFaults(universe, dial, family)(number));
};

/**
 * The same for each event of a range, one by one in the order of their numbers.
 *
 * @throws RangeError when the range or the dial is out of bounds, at the first step
 */
export function* expectations(
  universe: Universe,
  { dial, ...range }: FaultyNumbers,
  family: FaultFamily = viewingFaults,
): Generator<Expectation> {
  const { from, count } = checkedRange(range);
  const faultAt = openFaults(universe, dial, family);
  const idOf = numberedIds(family.idPrefix, universe.seed);
  for (let number = from; number < from + count; number++) yield expectation(number, idOf(number), faultAt(number));
}
