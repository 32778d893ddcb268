import { describe, expect, it } from '@jest/globals';
import type { ViewingEvent } from '@acme/telemetry-schema';
import { fixedClock } from '../clock.ts';
import { openUniverse } from '../universe/universe.ts';
import { viewingEvents } from '../viewing/events.ts';
import { faultyEvents, faultyLines } from './lines.ts';

describe('faults that the contract forgives', () => {
  const universe = openUniverse(42);
  const atMs = Date.UTC(2026, 10, 21, 20);
  const range = { from: 0, count: 4096, clock: fixedClock(atMs) };
  const clean = viewingEvents(universe, range);
  const made = (kind: 'late' | 'hotKey' | 'clockBehind' | 'clockAhead'): ViewingEvent[] =>
    faultyLines(universe, { ...range, dial: { [kind]: 1 } }).map((line) => JSON.parse(line) as ViewingEvent);
  const timeOf = ({ event_timestamp }: ViewingEvent): number => Date.parse(event_timestamp);
  const minuteMs = 60_000;
  const hourMs = 60 * minuteMs;

  it.each([
    { kind: 'late', least: hourMs, most: 72 * hourMs },
    { kind: 'clockBehind', least: 1000, most: hourMs },
  ] as const)('move the time back and change nothing else: $kind', ({ kind, least, most }) => {
    const events = made(kind);
    const back = events.map((event, index) => timeOf(clean[index]!) - timeOf(event));
    expect(Math.min(...back)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...back)).toBeLessThanOrEqual(most);
    expect(Math.max(...back) - Math.min(...back)).toBeGreaterThan((most - least) * 0.99);
    expect(events).toEqual(
      clean.map((event, index) => ({ ...event, event_timestamp: events[index]!.event_timestamp })),
    );
  });

  it('put the time ahead of the clock’s, by less than the contract forgives: clockAhead', () => {
    const ahead = made('clockAhead').map((event) => timeOf(event) - atMs);
    expect(Math.min(...ahead)).toBe(1000);
    expect(Math.max(...ahead)).toBe(4 * minuteMs);
  });

  it('go to one customer, the first, and change nothing else: hotKey', () => {
    expect(made('hotKey')).toEqual(clean.map((event) => ({ ...event, customer_id: 'cus-000001' })));
  });

  it('displace nearly every event behind one that came later: outOfOrder', () => {
    const events = faultyEvents(universe, { ...range, dial: { outOfOrder: 0.1 } });
    let highest = -1;
    const overtaken = events.filter(({ number }) => number < (highest = Math.max(highest, number)));
    expect(new Set(overtaken.map(({ fault }) => fault))).toEqual(new Set(['outOfOrder']));
    expect(overtaken.length / events.filter(({ fault }) => fault === 'outOfOrder').length).toBeGreaterThan(0.95);
  });
});
