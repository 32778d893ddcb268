import { describe, expect, it } from '@jest/globals';
import { parseRow, tables } from '@acme/telemetry-schema';
import fc from 'fast-check';
import { fixedClock } from '../clock.ts';
import { openUniverse } from '../universe/universe.ts';
import { anyUniverse } from '../viewing/any-range.ts';
import { viewingEvents } from '../viewing/events.ts';
import { campaigns, customers, titles } from './index.ts';

const universe = openUniverse(42);

describe('the tables of a universe', () => {
  it('have as many rows as its sizes say, each with an id of its own', () => {
    expect(new Set(customers(universe).map((row) => row.customer_id)).size).toBe(10_000);
    expect(new Set(titles(universe).map((row) => row.title_id)).size).toBe(1_000);
    expect(new Set(campaigns(universe).map((row) => row.campaign_id)).size).toBe(50);
  });

  it('have rows that the schema takes as they are', () => {
    for (const row of customers(universe)) {
      expect(parseRow(tables.customers.schema, row)).toEqual({ ok: true, value: row });
    }
    for (const row of titles(universe)) expect(parseRow(tables.titles.schema, row)).toEqual({ ok: true, value: row });
    for (const row of campaigns(universe)) {
      expect(parseRow(tables.campaigns.schema, row)).toEqual({ ok: true, value: row });
    }
  });

  it('are the same each time, in whatever order they are made', () => {
    const again = openUniverse(42);
    expect([campaigns(again), titles(again), customers(again)]).toEqual([
      campaigns(universe),
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

  it('give the click-through rate of a campaign as clicks per hundred impressions, over days in order', () => {
    for (const row of campaigns(universe)) {
      expect(row.clicks).toBeLessThan(row.impressions);
      expect(row.click_through_rate).toBe((row.clicks / row.impressions) * 100);
      expect(row.start_date < row.end_date).toBe(true);
    }
  });
});
