import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dailyClock } from './daily-clock.ts';
import { openUniverse } from './universe/universe.ts';
import { viewingEvents } from './viewing/events.ts';
import { eventsPerBlock, windowMs } from './viewing/limits.ts';

const dayMs = 86_400_000;
const fromMs = Date.UTC(2026, 9, 1);
const toMs = Date.UTC(2026, 9, 31);

describe('dailyClock', () => {
  it('spreads the reference data set over every day, busiest in the evening and quietest before dawn', () => {
    const events = 100_000;
    const clock = dailyClock({ fromMs, toMs, events });
    const perHour = new Array<number>(24).fill(0);
    const days = new Set<number>();
    for (const { event_timestamp } of viewingEvents(openUniverse(42), { from: 0, count: events, clock })) {
      perHour[Number(event_timestamp.slice(11, 13))]! += 1;
      days.add(Math.floor((Date.parse(event_timestamp) - fromMs) / dayMs));
    }
    expect([...days].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, day) => day));
    expect(perHour.indexOf(Math.max(...perHour))).toBeGreaterThanOrEqual(19);
    expect(perHour.indexOf(Math.min(...perHour))).toBeLessThanOrEqual(5);
    expect(perHour[20]!).toBeGreaterThan(5 * perHour[4]!);
  });

  it('keeps every block in the time given, in the order of their numbers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2090, 0, 1) }),
        fc.integer({ min: windowMs + 1, max: 400 * dayMs }),
        fc.maxSafeNat().map((from) => Math.floor(from / 2)),
        fc.integer({ min: 1, max: 200_000 }),
        (startMs, lengthMs, from, events) => {
          const clock = dailyClock({ fromMs: startMs, toMs: startMs + lengthMs, from, events });
          const first = Math.floor(from / eventsPerBlock);
          const last = Math.floor((from + events - 1) / eventsPerBlock);
          const ends = Array.from({ length: last - first + 1 }, (_, index) => clock(first + index));
          expect(ends[0]! - windowMs).toBeGreaterThanOrEqual(startMs);
          expect(ends.at(-1)).toBeLessThan(startMs + lengthMs);
          expect([...ends].sort((a, b) => a - b)).toEqual(ends);
          for (const end of ends) expect(Number.isInteger(end)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses a block outside its range', () => {
    const clock = dailyClock({ fromMs, toMs, from: 2 * eventsPerBlock, events: eventsPerBlock });
    expect(() => clock(1)).toThrow(new RangeError('the clock was made for another range of events'));
    expect(() => clock(3)).toThrow(RangeError);
    expect(clock(2)).toBeLessThan(toMs);
  });

  it('refuses a time that holds no window, and a range of no events', () => {
    expect(() => dailyClock({ fromMs, toMs: fromMs + windowMs, events: 1 })).toThrow(
      new RangeError('toMs must be more than 14400000 ms after fromMs'),
    );
    expect(() => dailyClock({ fromMs, toMs, events: 0 })).toThrow(new RangeError('events must be 1 or more'));
  });
});
