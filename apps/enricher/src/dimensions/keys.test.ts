import { clickstreamRow, type EventRow } from '@acme/telemetry-schema';
import { aClickstreamEvent, aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { dimensions } from './index.ts';

const keysOf = (event: EventRow) => Object.fromEntries(dimensions.map(({ name, keyOf }) => [name, keyOf(event)]));
const view = (pageUrl: string) => keysOf(clickstreamRow(aClickstreamEvent('page_view', { pageUrl })));

describe('the keys of an event', () => {
  it('are its user, its page, and the title that the page is of', () => {
    expect(view('/title/ttl-0042')).toEqual({ customers: 'user_1234', titles: 'ttl-0042', pages: '/title/ttl-0042' });
    expect(view('/home')).toEqual({ customers: 'user_1234', titles: undefined, pages: '/home' });
  });

  it('are the customer and the title of a viewing event', () => {
    expect(keysOf(aViewingEvent())).toEqual({ customers: 'customer-1', titles: 'title-1', pages: undefined });
  });

  it('are the title that is put in the cart, and no page', () => {
    expect(keysOf(clickstreamRow(aClickstreamEvent('add_to_cart', { productId: 'ttl-0007' })))).toEqual({
      customers: 'user_1234',
      titles: 'ttl-0007',
      pages: undefined,
    });
  });

  it('are the user alone where an event names no more', () => {
    expect(keysOf(clickstreamRow(aClickstreamEvent('purchase')))).toEqual({ customers: 'user_1234' });
  });

  it.each([
    ['https://shop.example/home?a=1#b', '/home'],
    ['HTTP://shop.example', '/'],
    ['HTTPS://Shop.ACME.example/Title/ttl-1', '/Title/ttl-1'],
    ['?id=1', '/'],
    ['/product/abc123', '/product/abc123'],
    ['/\ud800', '/\ufffd'],
    [`/${'x'.repeat(512)}`, undefined],
  ])('are of %j the page %j', (pageUrl, page) => {
    expect(view(pageUrl).pages).toBe(page);
  });
});
