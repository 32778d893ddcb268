import { clickstreamRow, EnrichedEvent, parseRow } from '@acme/telemetry-schema';
import { aClickstreamEvent, aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { enrich } from './enrich.ts';
import type { Item } from './dimensions/index.ts';
import { lookingUp } from './lookup/look-up.ts';
import { patiently, someItems, tablesOf } from './lookup/some-lookups.fixture.ts';

const limits = { entries: 100, hitMs: 60_000, missMs: 10_000 };
const using = (items: ReadonlyMap<string, Item>) => ({ ...patiently, lookUp: lookingUp(tablesOf(items).get, limits) });
const viewing = aViewingEvent();
const homeView = clickstreamRow(aClickstreamEvent('page_view', { pageUrl: 'https://shop.example/home?from=mail' }));

describe('enrich', () => {
  it('adds what is known, its version, and what came of each lookup', async () => {
    const { rows } = await enrich([viewing, homeView], using(someItems()));
    expect(rows).toEqual([
      {
        ...viewing,
        enrichment_status: 'complete',
        customers_lookup: 'hit',
        customers_version: 3,
        customer_subscription_tier: 'basic',
        customer_country: 'DE',
        customer_is_active: true,
        customer_signup_date: '2024-02-29',
        titles_lookup: 'hit',
        titles_version: 7,
        title_name: 'The Long Afternoon',
        title_genre: 'drama',
        title_duration_minutes: 80,
        title_release_year: 2019,
      },
      {
        ...homeView,
        enrichment_status: 'complete',
        customers_lookup: 'hit',
        customers_version: 3,
        customer_subscription_tier: 'basic',
        customer_country: 'NZ',
        customer_is_active: true,
        customer_signup_date: '2024-02-29',
        pages_lookup: 'hit',
        pages_version: 1,
        page_type: 'home',
      },
    ]);
    for (const row of rows) expect(parseRow(EnrichedEvent, row)).toEqual({ ok: true, value: row });
  });

  it('drops no event that nothing is known of: tables that are empty give misses', async () => {
    const { rows, tallies } = await enrich([viewing, homeView], using(new Map()));
    expect(rows).toEqual([
      { ...viewing, enrichment_status: 'none', customers_lookup: 'miss', titles_lookup: 'miss' },
      { ...homeView, enrichment_status: 'none', customers_lookup: 'miss', pages_lookup: 'miss' },
    ]);
    expect(tallies.map(({ dimension, hit, miss, stale }) => [dimension, hit, miss, stale])).toEqual([
      ['customers', 0, 2, 0],
      ['titles', 0, 1, 0],
      ['pages', 0, 1, 0],
    ]);
  });

  it('says when only some is known', async () => {
    const items = someItems();
    items.delete('titles title-1');
    const [row] = (await enrich([viewing], using(items))).rows;
    expect(row).toMatchObject({ enrichment_status: 'partial', customers_lookup: 'hit', titles_lookup: 'miss' });
  });

  it('uses what was good only until before the event, and says that it was', async () => {
    const items = someItems();
    const atSeconds = Date.parse(viewing.event_timestamp) / 1000;
    const until = (seconds: number) =>
      items.set('titles title-1', { ...someItems().get('titles title-1'), freshUntil: { N: String(seconds) } });
    until(atSeconds);
    expect((await enrich([viewing], using(items))).rows[0]).toMatchObject({
      enrichment_status: 'partial',
      titles_lookup: 'stale',
      title_genre: 'drama',
    });
    until(atSeconds + 1);
    expect((await enrich([viewing], using(items))).rows[0]).toMatchObject({ enrichment_status: 'complete' });
  });

  it('never changes what the event says itself', async () => {
    const [row] = (await enrich([{ ...viewing, title_type: 'series' }], using(someItems()))).rows;
    expect(row?.title_type).toBe('series');
  });

  it('is complete for an event that names nothing to look up', async () => {
    const bare = { event_id: 'e', event_timestamp: '2026-11-21T09:30:00Z', event_type: 'purchase' } as const;
    expect((await enrich([bare], using(someItems()))).rows).toEqual([{ ...bare, enrichment_status: 'complete' }]);
  });

  it('asks once for a key that many events name', async () => {
    const { get, calls } = tablesOf(someItems());
    const { tallies } = await enrich(
      Array.from({ length: 500 }, (_, at) => ({ ...viewing, event_id: `e-${at}` })),
      { ...patiently, lookUp: lookingUp(get, limits) },
    );
    expect(calls).toEqual([['customers customer-1', 'titles title-1']]);
    expect(tallies[0]).toEqual({ dimension: 'customers', hit: 500, miss: 0, stale: 0, keys: 1, cached: 0 });
  });
});
