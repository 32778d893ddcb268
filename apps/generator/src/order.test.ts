import { lanes } from '@acme/synthetic';
import { describe, expect, it } from '@jest/globals';
import { mostEvents, Order, rangeOf } from './order.ts';

const usual = { seed: 1, events: { viewing: 1000, clickstream: 200 } };
const noon = Date.UTC(2026, 0, 1, 12);

describe('rangeOf', () => {
  it('makes the same events again when a scheduled run is retried', () => {
    const order = { scheduledTime: '2026-01-01T12:00:00Z' };
    const first = rangeOf(order, usual, noon, () => 1);
    expect(rangeOf(order, usual, noon + 60_000, () => 2)).toEqual(first);
    expect(first).toMatchObject({ seed: 1, count: 1000, atMs: noon });
  });

  it('gives runs a minute apart ranges that cannot meet, far from those of steady traffic', () => {
    const [a, b] = ['12:00', '12:01'].map((time) =>
      rangeOf({ scheduledTime: `2026-01-01T${time}:00Z` }, usual, noon, () => 0),
    );
    expect((b?.from ?? 0) - (a?.from ?? 0)).toBe(mostEvents);
    expect(a?.from).toBeGreaterThan(lanes.scheduled);
    expect(b?.from).toBeLessThan(lanes.fresh);
  });

  it('draws a fresh range when no start is given, and takes the one that is', () => {
    expect(rangeOf({}, usual, noon, () => 7).from).toBe(lanes.fresh + 7 * 2 ** 17);
    expect(rangeOf({}, usual, noon, () => 2 ** 32 - 1).from + mostEvents).toBeLessThan(lanes.seeded);
    expect(rangeOf({ from: 5, count: 2, seed: 9 }, usual, noon, () => 7)).toEqual({
      family: 'viewing',
      seed: 9,
      from: 5,
      count: 2,
      atMs: noon,
      dial: {},
    });
  });
});

describe('rangeOf a family', () => {
  it('is of viewing unless the order says otherwise, each of its usual size', () => {
    expect(rangeOf({}, usual, noon, () => 0)).toMatchObject({ family: 'viewing', count: 1000 });
    expect(rangeOf({ family: 'clickstream' }, usual, noon, () => 0)).toMatchObject({
      family: 'clickstream',
      count: 200,
    });
  });
});

describe('Order', () => {
  it.each([
    { family: 'radio' },
    { count: -1 },
    { count: 1.5 },
    { count: mostEvents + 1 },
    { seed: 2 ** 32 },
    { from: -1 },
    { at: 'yesterday' },
    { dial: { rust: 0.1 } },
    { dial: { late: 2 } },
  ])('refuses %j', (order) => {
    expect(Order.safeParse(order).success).toBe(false);
  });
});
