import { describe, expect, it } from '@jest/globals';
import { decodeClickstreamLine, parseClickstreamLine } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { clickstreamKey } from '../clickstream/answer-key.ts';
import { clickstreamLines } from '../clickstream/lines.ts';
import { fixedClock } from '../clock.ts';
import { clickstreamEventId } from '../ids.ts';
import { openUniverse, type Universe } from '../universe/universe.ts';
import { anyMoment, anyRange, anyUniverse } from '../viewing/any-range.ts';
import type { EventRange } from '../viewing/range.ts';
import { addFaultyClickstreamKeys, faultyClickstreamKey } from './answer-key.ts';
import { anyDial } from './any-dial.ts';
import { clickstreamFaults } from './clickstream.ts';
import { type FaultDial, noFaults, someOfEach } from './dial.ts';
import { faultOf } from './draw.ts';
import { expectationOf, expectations } from './expectation.ts';
import { faultKinds } from './event-faults.ts';
import { faultyEvents, faultyLines } from './lines.ts';

const atMs = Date.UTC(2026, 10, 21, 20);
const clock = fixedClock(atMs);

/** Holds every line of a range against what the contract's own parser says of it. */
const agrees = (universe: Universe, range: EventRange, dial: FaultDial, nowMs: number, delayMs: number): void => {
  const events = faultyEvents(universe, { ...range, dial, clock: fixedClock(nowMs) }, clickstreamFaults);
  const judged = events.map(({ number, line, fault }) => {
    const parsed = parseClickstreamLine(line, nowMs + delayMs);
    expect(decodeClickstreamLine(line, nowMs + delayMs)).toEqual(parsed);
    const outcome = parsed.ok
      ? { outcome: 'lands', copies: fault === 'duplicate' ? 1 : 0 }
      : { outcome: 'quarantined', ...parsed.problems[0] };
    return { number, eventId: clickstreamEventId(universe.seed, number), fault, ...outcome };
  });
  expect(judged).toEqual(events.map(({ number }) => expectationOf(universe, dial, number, clickstreamFaults)));
};

describe('faults of the clickstream', () => {
  it.each(faultKinds)('are judged by the contract as expected: %s', (kind) => {
    const count = kind === 'oversize' ? 60 : kind === 'nestedTooDeep' || kind === 'tooManyKeys' ? 300 : 2000;
    agrees(openUniverse(42), { from: 1_000_000, count }, { [kind]: 1 }, atMs, 0);
  });

  it('are so in every mixture and at every moment, up to 23 hours after the clock’s time', () => {
    const anyDelay = fc.integer({ min: 0, max: 23 * 3_600_000 });
    fc.assert(fc.property(anyUniverse, anyRange, anyDial, anyMoment, anyDelay, agrees), { numRuns: 30 });
  });

  it('are none when nothing is at fault', () => {
    const universe = openUniverse(7);
    const range = { from: 300, count: 1000 };
    const lines = clickstreamLines(universe, { ...range, clock });
    expect(faultyLines(universe, { ...range, clock, dial: noFaults }, clickstreamFaults)).toEqual(lines);
    expect(faultyClickstreamKey(universe, { ...range, dial: noFaults }).land).toEqual(clickstreamKey(universe, range));
  });

  it('leave each event’s id within the first 60 characters of its line', () => {
    const universe = openUniverse(7);
    const range = { from: 300, count: 2000, clock, dial: { ...someOfEach, notJson: 0.5 } };
    for (const { number, line } of faultyEvents(universe, range, clickstreamFaults)) {
      expect(line.slice(0, 60)).toContain(clickstreamEventId(7, number));
    }
  });

  it('hit other events than those of viewing', () => {
    const universe = openUniverse(1);
    const hit = (family?: typeof clickstreamFaults) =>
      Array.from({ length: 500 }, (_, number) => faultOf(universe, someOfEach, number, family));
    expect(hit(clickstreamFaults)).not.toEqual(hit());
  });
});

describe('faultyClickstreamKey', () => {
  it('counts what the expectations say, and adds up over neighbouring ranges', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyDial, fc.nat(), (universe, { from, count }, dial, cut) => {
        const key = faultyClickstreamKey(universe, { from, count, dial });
        const expected = [...expectations(universe, { from, count, dial }, clickstreamFaults)];
        const refused = expected.filter(({ outcome }) => outcome === 'quarantined');
        expect({ lines: key.lines, events: key.land.events, refused: key.quarantine.total }).toEqual({
          lines: count + expected.filter((one) => one.outcome === 'lands' && one.copies === 1).length,
          events: count - refused.length,
          refused: refused.length,
        });
        const first = cut % (count + 1);
        const one = faultyClickstreamKey(universe, { from, count: first, dial });
        const other = faultyClickstreamKey(universe, { from: from + first, count: count - first, dial });
        expect(addFaultyClickstreamKeys(one, other)).toEqual(key);
      }),
      { numRuns: 30 },
    );
  });
});
