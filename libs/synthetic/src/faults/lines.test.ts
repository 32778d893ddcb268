import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fixedClock, steadyClock } from '../clock.ts';
import { eventId } from '../ids.ts';
import { openUniverse } from '../universe/universe.ts';
import { anyMoment, anyRange, anyUniverse } from '../viewing/any-range.ts';
import { viewingLines } from '../viewing/lines.ts';
import { anyDial } from './any-dial.ts';
import { hostile, noFaults, someOfEach } from './dial.ts';
import { faultOf } from './draw.ts';
import { type RefusedKind, refusedKinds } from './event-faults.ts';
import { type FaultyEvent, faultyEvents, faultyLines } from './lines.ts';

const clock = steadyClock({ startMs: Date.UTC(2026, 0, 1), eventsPerSecond: 2 ** 20 });
const inOrder = (events: readonly FaultyEvent[]): FaultyEvent[] =>
  [...events].sort((one, other) => one.number - other.number || Number(one.copy) - Number(other.copy));

describe('faultyEvents', () => {
  it('are viewingLines when nothing is at fault', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyMoment, (universe, range, atMs) => {
        const all = { ...range, clock: fixedClock(atMs) };
        const lines = viewingLines(universe, all);
        expect(faultyLines(universe, { ...all, dial: noFaults })).toEqual(lines);
        expect(faultyEvents(universe, { ...all, dial: noFaults }).map(({ line }) => line)).toEqual(lines);
      }),
      { numRuns: 20 },
    );
  });

  it('have each event under the label that its number has, and one copy of each duplicate, byte for byte', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyDial, (universe, range, dial) => {
        const clean = viewingLines(universe, { ...range, clock });
        const events = faultyEvents(universe, { ...range, clock, dial });
        const expected = clean.flatMap((line, index) => {
          const number = range.from + index;
          const fault = faultOf(universe, dial, number);
          const own = { number, fault, copy: false };
          return fault === 'duplicate' ? [own, { ...own, copy: true }] : [own];
        });
        expect(inOrder(events).map(({ number, fault, copy }) => ({ number, fault, copy }))).toEqual(expected);
        for (const { number, fault, line } of events) {
          const same = fault === undefined || fault === 'duplicate' || fault === 'outOfOrder';
          if (same) expect(line).toBe(clean[number - range.from]);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are the same lines wherever a range is cut', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyDial, fc.nat(), (universe, { from, count }, dial, cut) => {
        const first = cut % (count + 1);
        const events = (at: number, length: number) => faultyEvents(universe, { from: at, count: length, clock, dial });
        const parts = [...events(from, first), ...events(from + first, count - first)];
        expect(inOrder(parts)).toEqual(inOrder(events(from, count)));
      }),
      { numRuns: 30 },
    );
  });

  it('come in the order of their numbers, but for copies and those that up to the next 255 events overtake', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyDial, (universe, range, dial) => {
        let highest = -1;
        let highestInPlace = -1;
        for (const { number, fault, copy } of faultyEvents(universe, { ...range, clock, dial })) {
          expect(highest).toBeLessThanOrEqual(number + 255);
          if (copy) expect(highest).toBeGreaterThanOrEqual(number);
          else if (fault !== 'outOfOrder') {
            expect(number).toBeGreaterThan(highestInPlace);
            highestInPlace = number;
          }
          highest = Math.max(highest, number);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are single lines of ASCII that all tell the id of their event, but for what is hostile', () => {
    const universe = openUniverse(42);
    const events = faultyEvents(universe, { from: 0, count: 50_000, clock, dial: someOfEach });
    const odd = events.filter(
      ({ number, line }) => !/^[\x20-\x7e]+$/.test(line) || !line.slice(0, 60).includes(eventId(42, number)),
    );
    expect(odd).toEqual([]);
  });

  it('tell the id of their event, of whatever is refused', () => {
    const universe = openUniverse(42);
    const events = faultyEvents(universe, { from: 0, count: 50_000, clock, dial: hostile });
    const refused = events.filter(({ fault }) => refusedKinds.includes(fault as RefusedKind));
    expect(new Set(refused.map(({ fault }) => fault)).size).toBeGreaterThan(10);
    expect(refused.filter(({ number, line }) => !line.slice(0, 60).includes(eventId(42, number)))).toEqual([]);
  });
});

describe('faultyLines', () => {
  it('are the lines of faultyEvents', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyDial, (universe, range, dial) => {
        const all = { ...range, clock, dial };
        expect(faultyLines(universe, all)).toEqual(faultyEvents(universe, all).map(({ line }) => line));
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    { dial: someOfEach, seed: 42, from: 0, sha256: 'b7147964884d0920c1c69069592ddadc1f0148e9ff631f1d97c05a63174beffe' },
    {
      dial: someOfEach,
      seed: 0xffff_ffff,
      from: 2 ** 52 + 77,
      sha256: 'b65e63f4fa1e4eaf0015e4b77da22a190c9fa4343213d0572c566f6139dd11cd',
    },
    { dial: hostile, seed: 42, from: 0, sha256: '8afa74007ee195873e091b6f6ae5a92a2601bdc731204e0dcc0ea60ff57b2497' },
  ])('make the same bytes on every machine: seed $seed from event $from', ({ dial, seed, from, sha256 }) => {
    const lines = faultyLines(openUniverse(seed), {
      from,
      count: 20_000,
      clock: fixedClock(Date.UTC(2026, 10, 21)),
      dial: { ...dial, oversize: 0.001 },
    });
    expect(createHash('sha256').update(lines.join('\n')).digest('hex')).toBe(sha256);
  });

  it.each([Date.UTC(2000, 0, 5), Date.UTC(9998, 0, 1, 0, 1)])('refuse a clock that answers %d', (endMs) => {
    const range = { from: 0, count: 1, clock: fixedClock(endMs) };
    expect(() => faultyLines(openUniverse(1), { ...range, dial: someOfEach })).toThrow(
      new RangeError('with faults, the clock must keep its windows from 2000-01-05 to 9998-01-01'),
    );
    expect(faultyLines(openUniverse(1), { ...range, dial: noFaults })).toHaveLength(1);
  });
});
