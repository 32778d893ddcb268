import { describe, expect, it } from '@jest/globals';
import type { ViewingEvent } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { steadyClock } from '../clock.ts';
import { dataSet } from '../data-set.ts';
import { customers, titles } from '../tables/index.ts';
import type { Universe } from '../universe/universe.ts';
import { anyUniverse } from './any-range.ts';
import { viewingEvents } from './events.ts';
import { lakeAnswers, type LakeAnswers } from './lake-answers.ts';

const countBy = <Row>(rows: readonly Row[], name: (row: Row) => string): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(rows, name)].map(([key, group]) => [key, group.length]));
const hoursOf = (events: readonly ViewingEvent[]): number =>
  Math.floor(events.reduce((sum, event) => sum + event.watch_duration_seconds, 0) / 3600);

/** The same from the rows of the tables, as a query would. */
const queried = (universe: Universe, events: readonly ViewingEvent[]): LakeAnswers => {
  const ofCustomers = customers(universe);
  const genreOf = new Map(titles(universe).map(({ title_id, genre }) => [title_id, genre]));
  const tierOf = new Map(ofCustomers.map(({ customer_id, subscription_tier }) => [customer_id, subscription_tier]));
  const showsAdvertisement = (event: ViewingEvent): boolean =>
    tierOf.get(event.customer_id) === 'free_with_ads' && ['start', 'resume'].includes(event.event_type);
  return {
    rows: { ...universe.sizes, telemetry: events.length },
    hoursByGenre: Object.fromEntries(
      [...Map.groupBy(events, (event) => genreOf.get(event.title_id)!)].map(([genre, of]) => [genre, hoursOf(of)]),
    ),
    activeByTier: countBy(
      ofCustomers.filter((row) => row.is_active),
      (row) => row.subscription_tier,
    ),
    eventsByDevice: countBy(events, (event) => event.device_type),
    days: [...Map.groupBy(events, (event) => event.event_timestamp.slice(0, 10))]
      .map(([date, of]) => ({
        date,
        events: of.length,
        hours: hoursOf(of),
        advertisements: of.filter(showsAdvertisement).length,
      }))
      .sort((one, other) => (one.date < other.date ? -1 : 1)),
  };
};

describe('lakeAnswers', () => {
  it('say what going through the rows says', () => {
    const clock = steadyClock({ startMs: Date.UTC(2026, 1, 27), eventsPerSecond: 0.02 });
    fc.assert(
      fc.property(anyUniverse, fc.nat(2000), fc.nat(3000), (universe, from, count) => {
        const range = { from, count, clock };
        expect(lakeAnswers(universe, range)).toEqual(queried(universe, viewingEvents(universe, range)));
      }),
      { numRuns: 15 },
    );
  });

  it('of a data set have every day of it and all of its events', () => {
    const { universe, range, days } = dataSet();
    const { rows, days: answers } = lakeAnswers(universe, range);
    expect(rows).toEqual({ customers: 10_000, titles: 1_000, telemetry: 100_000, campaigns: 50 });
    expect(answers.map(({ date }) => date)).toEqual(days);
    expect(answers.reduce((sum, { events }) => sum + events, 0)).toBe(100_000);
  });
});
