import { describe, expect, it } from '@jest/globals';
import { parseRow, tables } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { fixedClock } from '../clock.ts';
import { openUniverse } from '../universe/universe.ts';
import { anyUniverse } from '../viewing/any-range.ts';
import { viewingEvents } from '../viewing/events.ts';
import { campaigns, customers, titles } from './index.ts';

const universe = openUniverse(42);
const days = Array.from({ length: 31 }, (_, day) => ({
  date: `2026-10-${String(day + 1).padStart(2, '0')}`,
  advertisements: 100 * day,
}));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('the tables of a universe', () => {
  it('have as many rows as its sizes say, each with an id of its own', () => {
    expect(new Set(customers(universe).map((row) => row.customer_id)).size).toBe(10_000);
    expect(new Set(titles(universe).map((row) => row.title_id)).size).toBe(1_000);
    expect(new Set(campaigns(universe, days).map((row) => row.campaign_id)).size).toBe(50);
  });

  it('have rows that the schema takes as they are', () => {
    for (const row of customers(universe)) {
      expect(parseRow(tables.customers.schema, row)).toEqual({ ok: true, value: row });
    }
    for (const row of titles(universe)) expect(parseRow(tables.titles.schema, row)).toEqual({ ok: true, value: row });
    for (const row of campaigns(universe, days)) {
      expect(parseRow(tables.campaigns.schema, row)).toEqual({ ok: true, value: row });
    }
  });

  it('are the same each time, in whatever order they are made', () => {
    const again = openUniverse(42);
    expect([campaigns(again, days), titles(again), customers(again)]).toEqual([
      campaigns(universe, days),
      titles(universe),
      customers(universe),
    ]);
    expect(titles(openUniverse(43))).not.toEqual(titles(universe));
  });

  it('hold every customer and title that an event names', () => {
    fc.assert(
      fc.property(anyUniverse, (any) => {
        const customerIds = new Set(customers(any).map((row) => row.customer_id));
        const titleIds = new Set(titles(any).map((row) => row.title_id));
        for (const event of viewingEvents(any, { from: 0, count: 1000, clock: fixedClock(Date.UTC(2026, 10, 21)) })) {
          expect([customerIds.has(event.customer_id), titleIds.has(event.title_id)]).toEqual([true, true]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('write to no mailbox that exists, and to each customer at another', () => {
    const emails = customers(universe).map((row) => row.email);
    for (const email of emails) expect(email).toMatch(/^[a-z]+\.[a-z]+\.\d+@example\.(com|net|org)$/);
    expect(new Set(emails).size).toBe(emails.length);
  });

  it('share all advertisements of the days among the campaigns that run on them', () => {
    fc.assert(
      fc.property(anyUniverse, fc.array(fc.nat(10_000), { minLength: 1, maxLength: 31 }), (any, shown) => {
        const period = shown.map((advertisements, day) => ({ ...days[day]!, advertisements }));
        const rows = campaigns(any, period);
        expect(sum(rows.map((row) => row.impressions))).toBe(sum(shown));
        for (const { start_date, end_date, impressions } of rows) {
          expect([period[0]!.date <= start_date, start_date <= end_date, end_date <= period.at(-1)!.date]).toEqual([
            true,
            true,
            true,
          ]);
          const ofItsDays = period.filter(({ date }) => start_date <= date && date <= end_date);
          expect(impressions).toBeLessThanOrEqual(sum(ofItsDays.map(({ advertisements }) => advertisements)));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('give the click-through rate of a campaign as clicks per hundred impressions', () => {
    for (const row of campaigns(universe, days)) {
      expect(row.clicks).toBeLessThan(row.impressions);
      expect(row.click_through_rate).toBe((row.clicks / row.impressions) * 100);
    }
    for (const row of campaigns(universe, [{ date: '2026-10-01', advertisements: 0 }])) {
      expect(row).toMatchObject({ impressions: 0, clicks: 0, click_through_rate: 0 });
    }
  });
});
