import { describe, expect, it } from '@jest/globals';
import { type ClickstreamEvent, minorUnits } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { fixedClock } from '../clock.ts';
import { openUniverse } from '../universe/universe.ts';
import { anyRange, anyUniverse } from '../viewing/any-range.ts';
import { addClickstreamKeys, clickstreamKey, type ClickstreamKey } from './answer-key.ts';
import { clickstreamEvents } from './events.ts';

const clock = fixedClock(Date.UTC(2026, 10, 21));
const summed = <T>(items: readonly T[], name: (item: T) => string | undefined, amount = (_: T) => 1) => {
  const all: Record<string, number> = {};
  for (const item of items) {
    const key = name(item);
    if (key !== undefined) all[key] = (all[key] ?? 0) + amount(item);
  }
  return all;
};
const purchases = (events: readonly ClickstreamEvent[]) => events.filter((event) => event.eventType === 'purchase');

/** The same by looking at the events. */
const counted = (events: readonly ClickstreamEvent[]): ClickstreamKey =>
  ({
    events: events.length,
    byType: summed(events, ({ eventType }) => eventType),
    byDevice: summed(events, ({ deviceType }) => deviceType),
    byPage: summed(events, (event) => (event.eventType === 'page_view' ? event.pageUrl : undefined)),
    purchasesByCurrency: summed(purchases(events), ({ currency }) => currency),
    revenueByCurrency: summed(
      purchases(events),
      ({ currency }) => currency,
      ({ amount }) => Number(minorUnits(amount, 2)),
    ),
  }) as ClickstreamKey;

const withoutZeros = ({ byType, byDevice, ...key }: ClickstreamKey): unknown => ({
  ...key,
  byType: Object.fromEntries(Object.entries(byType).filter(([, count]) => count > 0)),
  byDevice: Object.fromEntries(Object.entries(byDevice).filter(([, count]) => count > 0)),
});

describe('clickstreamKey', () => {
  it('says what counting the events says', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, (universe, range) => {
        expect(withoutZeros(clickstreamKey(universe, range))).toEqual(
          counted(clickstreamEvents(universe, { ...range, clock })),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('adds up: the keys of neighbouring ranges are the key of both', () => {
    fc.assert(
      fc.property(anyUniverse, anyRange, fc.nat(), (universe, { from, count }, cut) => {
        const first = cut % (count + 1);
        const one = clickstreamKey(universe, { from, count: first });
        const other = clickstreamKey(universe, { from: from + first, count: count - first });
        expect(addClickstreamKeys(one, other)).toEqual(clickstreamKey(universe, { from, count }));
      }),
      { numRuns: 30 },
    );
  });

  it('has visitors who mostly look, and some of everything else', () => {
    const { events, byType } = clickstreamKey(openUniverse(42), { from: 0, count: 1_000_000 });
    expect({ events, ...byType }).toEqual({
      events: 1_000_000,
      page_view: 787_520,
      click: 101_876,
      add_to_cart: 51_465,
      purchase: 23_028,
      error: 23_055,
      user_signup: 13_056,
    });
  });
});
