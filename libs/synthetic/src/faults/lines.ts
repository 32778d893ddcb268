import type { Clock } from '../clock.ts';
import type { Universe } from '../universe/universe.ts';
import { eventsPerBlock } from '../viewing/limits.ts';
import type { EventRange } from '../viewing/range.ts';
import { type FaultDial, hasFaults } from './dial.ts';
import { openFaults } from './draw.ts';
import type { FaultFamily } from './family.ts';
import type { FaultKind } from './event-faults.ts';
import { believable } from './times.ts';
import { viewingFaults } from './viewing.ts';

export interface FaultyRange extends EventRange {
  readonly clock: Clock;
  readonly dial: FaultDial;
}

/** One line as it is handed over, and what is wrong with it. */
export interface FaultyEvent {
  readonly number: number;
  readonly fault: FaultKind | undefined;
  /** The second line of a `duplicate`. */
  readonly copy: boolean;
  readonly line: string;
}

interface Displaced {
  readonly event: FaultyEvent;
  /** The line comes before the first event above this number, or at the end of the range. */
  readonly behind: number;
}

/**
 * The lines of a range in the order in which they are handed over, each with the label of its fault.
 *
 * An event's own line does not depend on the range that it is asked for in. Copies and displaced lines stay within the
 * range: no line of an event above N + 255 comes before the line of event N.
 *
 * @throws RangeError when the range, the dial or the clock's answer is out of bounds; with faults, the clock's windows
 * must lie from 2000-01-05 to the end of 9997
 */
export const faultyEvents = (
  universe: Universe,
  { dial, ...range }: FaultyRange,
  family: FaultFamily = viewingFaults,
): FaultyEvent[] => {
  const faultAt = openFaults(universe, dial, family);
  const clock = hasFaults(dial) ? believable(range.clock) : range.clock;
  const inPlace: FaultyEvent[] = [];
  const displaced: Displaced[] = [];
  for (const [index, text] of family.lines(universe, { ...range, clock }).entries()) {
    const number = range.from + index;
    const fault = faultAt(number);
    if (fault === undefined) {
      inPlace.push({ number, fault: undefined, copy: false, line: text });
      continue;
    }
    const line = fault.rewrite?.(text, clock(Math.floor(number / eventsPerBlock))) ?? text;
    const event = { number, fault: fault.kind, copy: false, line };
    if (fault.laterBy === undefined) inPlace.push(event);
    else displaced.push({ event, behind: number + fault.laterBy });
    if (fault.againAfter !== undefined) {
      displaced.push({ event: { ...event, copy: true }, behind: number + fault.againAfter });
    }
  }
  return merged(inPlace, displaced);
};

/** The same without labels: what a sender hands to the producer. With no faults exactly the family's own lines. */
export const faultyLines = (
  universe: Universe,
  { dial, ...range }: FaultyRange,
  family: FaultFamily = viewingFaults,
): string[] =>
  hasFaults(dial)
    ? faultyEvents(universe, { dial, ...range }, family).map(({ line }) => line)
    : family.lines(universe, range);

const merged = (inPlace: readonly FaultyEvent[], displaced: Displaced[]): FaultyEvent[] => {
  displaced.sort((one, other) => one.behind - other.behind);
  const all: FaultyEvent[] = [];
  let next = 0;
  for (const event of inPlace) {
    for (; next < displaced.length && displaced[next]!.behind < event.number; next++) all.push(displaced[next]!.event);
    all.push(event);
  }
  for (; next < displaced.length; next++) all.push(displaced[next]!.event);
  return all;
};
