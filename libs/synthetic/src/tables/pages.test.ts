import { describe, expect, it } from '@jest/globals';
import { clickstreamEvents } from '../clickstream/events.ts';
import { fixedClock } from '../clock.ts';
import { openUniverse } from '../universe/universe.ts';
import { pages, titles } from './index.ts';

const universe = openUniverse(42);
const byPath = new Map(pages(universe).map((page) => [page.page_path, page]));
const events = clickstreamEvents(universe, { from: 0, count: 20_000, clock: fixedClock(Date.UTC(2026, 10, 21)) });

describe('the pages of a universe', () => {
  it('are those of the site and one for each title, each once', () => {
    expect(byPath.size).toBe(16 + 1_000);
    expect(byPath.get('/home')).toEqual({ page_path: '/home', page_type: 'home' });
    expect(byPath.get('/browse/science-fiction')).toEqual({
      page_path: '/browse/science-fiction',
      page_type: 'browse',
      genre: 'Science Fiction',
    });
  });

  it('hold every page that an event names', () => {
    const named = events.flatMap((event) => ('pageUrl' in event && event.pageUrl ? [event.pageUrl] : []));
    expect(named.length).toBeGreaterThan(10_000);
    expect(named.filter((path) => !byPath.has(path))).toEqual([]);
  });

  it('sell their title, in its genre, for what is paid in dollars', () => {
    for (const { title_id, genre } of titles(universe)) {
      expect(byPath.get(`/title/${title_id}`)).toMatchObject({ page_type: 'product', genre, product_id: title_id });
    }
    const inDollars = events.flatMap((event) =>
      event.eventType === 'add_to_cart' && event.currency === 'USD' ? [event] : [],
    );
    expect(inDollars.length).toBeGreaterThan(100);
    for (const { productId, amount } of inDollars)
      expect(byPath.get(`/title/${productId}`)?.list_price_usd).toBe(amount);
  });
});
