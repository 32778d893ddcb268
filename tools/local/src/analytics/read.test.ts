import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Analytics, analyticsOf } from '../../../../apps/analytics/src/read/index.ts';
import { storeEvents } from '../../../../apps/analytics/src/store/store-events.ts';
import { minorOf } from './answer-key.fixture.ts';
import { someEvents } from './some-events.fixture.ts';
import { names, someTables, type SomeTables } from './some-tables.fixture.ts';

const hour = 3_600_000;
const from = Date.UTC(2026, 10, 21, 9);
const both = { fromMs: from, toMs: from + 2 * hour };

describe('the figures that others read', () => {
  // The late ones are of another day.
  const events = someEvents(500);
  const inTime = events.map(({ event }) => event).filter(({ timestamp }) => Date.parse(timestamp) >= from);
  const patience = { backoff: () => 1, wait: async () => undefined };
  let tables: SomeTables;
  let analytics: Analytics;

  beforeAll(async () => {
    tables = await someTables();
    analytics = analyticsOf({ client: tables.client, table: names.aggregates, ...patience });
    for (let at = 0; at < 500; at += 50)
      await storeEvents(events.slice(at, at + 50), { ...patience, transact: tables.transact, random: Math.random });
  });
  afterAll(() => tables.close());

  it('are of the latest minutes and hours, the newest first, empty ones included', async () => {
    const hours = await analytics.latestWindows('hour', 3, from + 2 * hour + 5);
    expect(hours.map(({ startMs, events: sum }) => [startMs, sum])).toEqual([
      [from + 2 * hour, 0],
      [from + hour, inTime.filter(({ timestamp }) => timestamp.includes('T10:')).length],
      [from, inTime.filter(({ timestamp }) => timestamp.includes('T09:')).length],
    ]);
    const [minute] = await analytics.latestWindows('minute', 1, from + 58 * 60_000);
    const those = inTime.filter(({ timestamp }) => timestamp.includes('T09:58'));
    expect(minute?.events).toBe(those.length);
    expect(minute?.byType).toEqual(tally(those.map(({ eventType }) => eventType)));
    expect(minute?.byDevice).toEqual(tally(those.map(({ deviceType }) => deviceType ?? 'unknown')));
    await expect(analytics.latestWindows('hour', 0, from)).rejects.toThrow('most must be from 1 to 1440');
  });

  it('are pages by their views', async () => {
    const views = inTime.filter(({ eventType }) => eventType === 'page_view');
    const pages = await analytics.topPages(both, 10);
    expect(Object.fromEntries(pages.map(({ page, views: sum }) => [page, sum]))).toEqual(
      tally(
        views.map((event) =>
          ('pageUrl' in event ? String(event.pageUrl) : '')
            .replace(/^https:..|[?#].*/gi, '')
            .replace('Shop.EXAMPLE', 'shop.example'),
        ),
      ),
    );
    expect(pages.map(({ views: sum }) => sum)).toEqual(pages.map(({ views: sum }) => sum).sort((a, b) => b - a));
    expect(await analytics.topPages(both, 1)).toEqual(pages.slice(0, 1));

    const minute = from + 58 * 60_000;
    const ofMinute = await analytics.topPages({ fromMs: minute, toMs: minute + 60_000 }, 10);
    expect(ofMinute.reduce((sum, { views: ofPage }) => sum + ofPage, 0)).toBe(
      views.filter(({ timestamp }) => timestamp.includes('T09:58')).length,
    );
  });

  it('are exact sums of money, currency by currency', async () => {
    const revenue = await analytics.revenueByCurrency(both);
    expect(revenue.map(({ currency }) => currency)).toEqual(['EUR', 'JPY', 'KWD', 'USD', 'XXX']);
    const usd = inTime.flatMap((event) => (event.eventType === 'purchase' && event.currency === 'USD' ? [event] : []));
    const cents = usd.reduce((sum, { amount }) => sum + minorOf(amount, 2), 0);
    expect(revenue[3]).toEqual({
      currency: 'USD',
      purchases: usd.length,
      minorUnits: BigInt(cents),
      amount: (cents / 100).toFixed(2),
    });
    expect(revenue[4]).toMatchObject({ minorUnits: 0n, amount: '0' });
  });

  it('are errors per event, and none where nothing happened', async () => {
    const errors = inTime.filter(({ eventType }) => eventType === 'error').length;
    expect(await analytics.errorRate(both)).toEqual({
      events: inTime.length,
      errors,
      rate: errors / inTime.length,
    });
    expect(await analytics.errorRate({ fromMs: 0, toMs: hour })).toEqual({ events: 0, errors: 0, rate: 0 });
  });

  it('are found by type and time among the results', async () => {
    const { Items = [] } = await tables.client.send(
      new QueryCommand({
        TableName: names.results,
        IndexName: 'EventTypeIndex',
        KeyConditionExpression: 'eventType = :type AND #at BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#at': 'timestamp' },
        ExpressionAttributeValues: {
          ':type': { S: 'purchase' },
          ':from': { S: '2026-11-21T09:58' },
          ':to': { S: '2026-11-21T09:59' },
        },
      }),
    );
    const those = inTime.filter(({ eventType, timestamp }) => eventType === 'purchase' && timestamp.includes('T09:58'));
    expect(Items.map(({ eventId }) => eventId?.S).sort()).toEqual(those.map(({ eventId }) => eventId).sort());
  });
});

const tally = (names: readonly string[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const name of names) sums[name] = (sums[name] ?? 0) + 1;
  return sums;
};
