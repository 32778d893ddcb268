import { describe, expect, it } from '@jest/globals';
import { parseViewingEvent } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { fixedClock, steadyClock } from '../clock.ts';
import { openUniverse } from '../universe/universe.ts';
import { anyBlock, anyMoment, anyRange, anyUniverse } from './any-range.ts';
import { viewingEvents } from './events.ts';
import { endOfEvents, eventsPerBlock, windowMs } from './limits.ts';

const clock = steadyClock({ startMs: Date.UTC(2026, 0, 1), eventsPerSecond: 2 ** 20 });

describe('viewingEvents', () => {
  it('gives the same events for the same seed, sizes and range', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, (universe, range) => {
        const again = openUniverse(universe.seed, universe.sizes);
        expect(viewingEvents(again, { ...range, clock })).toEqual(viewingEvents(universe, { ...range, clock }));
      }),
      { numRuns: 20 },
    );
  });

  it('gives other events for another seed', () => {
    const of = (seed: number) =>
      viewingEvents(openUniverse(seed), { from: 0, count: 256, clock }).map(({ customer_id }) => customer_id);
    expect(of(1)).not.toEqual(of(2));
  });

  it('finds an event alone as it is in a range, wherever the range is cut', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, fc.nat(), fc.nat(), (universe, { from, count }, one, other) => {
        const [first, end] = [one % (count + 1), other % (count + 1)].sort((a, b) => a - b) as [number, number];
        const whole = viewingEvents(universe, { from, count, clock });
        const part = viewingEvents(universe, { from: from + first, count: end - first, clock });
        expect(part).toEqual(whole.slice(first, end));
      }),
      { numRuns: 50 },
    );
  });

  it('numbers events with ids of one width, unique across seeds and in the order of their numbers', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, (universe, range) => {
        const other = openUniverse((universe.seed + 1) >>> 0, universe.sizes);
        const ids = viewingEvents(universe, { ...range, clock }).map(({ event_id }) => event_id);
        const others = viewingEvents(other, { ...range, clock }).map(({ event_id }) => event_id);
        expect(new Set([...ids, ...others]).size).toBe(2 * range.count);
        expect([...ids].sort()).toEqual(ids);
        for (const id of ids) expect(id).toMatch(/^ev-[0-9a-f]{8}-[0-9a-z]{11}$/);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps each block in its window of the clock and in time order', () => {
    fc.assert(
      fc.property(anyUniverse, anyBlock, anyMoment, (universe, block, endMs) => {
        const range = { from: block * eventsPerBlock, count: eventsPerBlock, clock: fixedClock(endMs) };
        const times = viewingEvents(universe, range).map(({ event_timestamp }) => Date.parse(event_timestamp));
        expect(times[0]).toBeGreaterThanOrEqual(endMs - windowMs);
        expect(times.at(-1)).toBeLessThanOrEqual(endMs);
        expect([...times].sort((a, b) => a - b)).toEqual(times);
      }),
      { numRuns: 20 },
    );
  });

  it('takes nothing but the time from the clock', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyMoment, anyMoment, (universe, range, one, other) => {
        const early = viewingEvents(universe, { ...range, clock: fixedClock(one) });
        const late = viewingEvents(universe, { ...range, clock: fixedClock(other) });
        const moved = early.map((event) => ({
          ...event,
          event_timestamp: new Date(Date.parse(event.event_timestamp) + other - one).toISOString(),
        }));
        expect(late).toEqual(moved);
      }),
      { numRuns: 20 },
    );
  });

  it('makes events that the schema takes as they are, even at the moment the window ends', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, anyMoment, (universe, range, nowMs) => {
        for (const event of viewingEvents(universe, { ...range, clock: fixedClock(nowMs) })) {
          expect(parseViewingEvent(event, nowMs)).toEqual({ ok: true, value: event });
        }
      }),
      { numRuns: 20 },
    );
  });

  it('has an event for every number up to the last', () => {
    const last = viewingEvents(openUniverse(7), {
      from: endOfEvents - 1,
      count: 1,
      clock: fixedClock(Date.UTC(2026, 0)),
    });
    expect(last.map(({ event_id }) => event_id)).toEqual(['ev-00000007-2gosa7pa2gu']);
  });

  it.each([
    [{ from: -1, count: 1 }, 'from and count must be whole numbers, 0 or more'],
    [{ from: 0, count: 1.5 }, 'from and count must be whole numbers, 0 or more'],
    [{ from: Number.NaN, count: 1 }, 'from and count must be whole numbers, 0 or more'],
    [{ from: endOfEvents, count: 1 }, 'from + count must not pass 9007199254740991'],
  ])('refuses the range %j', (range, message) => {
    expect(() => viewingEvents(openUniverse(1), { ...range, clock })).toThrow(new RangeError(message));
  });

  it.each([Number.NaN, 0.5, windowMs - 1, Date.UTC(10_000, 0, 1)])('refuses a clock that answers %d', (endMs) => {
    expect(() => viewingEvents(openUniverse(1), { from: 0, count: 1, clock: fixedClock(endMs) })).toThrow(
      new RangeError('the clock must answer in whole milliseconds, with windows in the years 1970 to 9999'),
    );
  });
});
