import { describe, expect, it } from '@jest/globals';
import { maxEventBytes, parseViewingLine } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { fixedClock } from '../clock.ts';
import { eventId } from '../ids.ts';
import { openUniverse, type Universe } from '../universe/universe.ts';
import { anyMoment, anyRange, anyUniverse } from '../viewing/any-range.ts';
import type { EventRange } from '../viewing/range.ts';
import { anyDial } from './any-dial.ts';
import type { FaultDial } from './dial.ts';
import { expectationOf, expectations } from './expectation.ts';
import { faultKinds } from './event-faults.ts';
import { faultyEvents } from './lines.ts';
import { maxEventBytes as ownMaxEventBytes } from './not-an-event.ts';

/** Holds every line of a range against what the contract's own parser says of it. */
const agrees = (universe: Universe, range: EventRange, dial: FaultDial, atMs: number, delayMs: number): void => {
  const events = faultyEvents(universe, { ...range, dial, clock: fixedClock(atMs) });
  const judged = events.map(({ number, line, fault }) => {
    const parsed = parseViewingLine(line, atMs + delayMs);
    const outcome = parsed.ok
      ? { outcome: 'lands', copies: fault === 'duplicate' ? 1 : 0 }
      : { outcome: 'quarantined', ...parsed.problems[0] };
    return { number, eventId: eventId(universe.seed, number), fault, ...outcome };
  });
  expect(judged).toEqual(events.map(({ number }) => expectationOf(universe, dial, number)));
};

const minute = 60_000;

describe('expectationOf', () => {
  it.each(faultKinds)('says of %s what the parser of the contract says', (kind) => {
    const count = kind === 'oversize' ? 60 : 2000;
    for (const seed of [0, 42]) {
      agrees(openUniverse(seed), { from: 1_000_000, count }, { [kind]: 1 }, Date.UTC(2026, 10, 21, 20), 0);
    }
  });

  it('holds for every mixture and moment, and for lines that arrive up to 23 hours after the clock’s time', () => {
    const anyDelay = fc.integer({ min: 0, max: 23 * 60 * minute });
    fc.assert(fc.property(anyUniverse, anyRange, anyDial, anyMoment, anyDelay, agrees), { numRuns: 40 });
  });

  it('holds on both sides of a leap day and a new year', () => {
    const dial = { late: 0.1, clockBehind: 0.1, clockAhead: 0.2, clockFarAhead: 0.2, timestampNextYear: 0.2 };
    for (const atMs of [Date.UTC(2024, 1, 29, 1), Date.UTC(2024, 2, 1, 1), Date.UTC(2027, 11, 31, 23, 59)]) {
      agrees(openUniverse(7), { from: 0, count: 1024 }, dial, atMs, 5 * minute);
    }
  });

  it('finds an event alone as in a range', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyDial, (universe, range, dial) => {
        const alone = Array.from({ length: range.count }, (_, index) =>
          expectationOf(universe, dial, range.from + index),
        );
        expect([...expectations(universe, { ...range, dial })]).toEqual(alone);
      }),
      { numRuns: 20 },
    );
  });

  it('has a size limit of its own that is the contract’s', () => {
    expect(ownMaxEventBytes).toBe(maxEventBytes);
  });
});
