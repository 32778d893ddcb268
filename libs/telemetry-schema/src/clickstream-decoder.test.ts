import { describe, expect, it } from '@jest/globals';
import { decodeClickstreamEvent, decodeClickstreamLine } from './clickstream-decoder.ts';
import { clickstreamEventTypes } from './clickstream-event.ts';
import { respellClickstream } from './clickstream-spelling.ts';
import { aClickstreamEvent, arrivedAtMs, examples } from './testing/index.ts';

const missingId = () => 'derived-1';
const timestamp = '2026-11-21T09:30:05.000Z';
const decoded = (value: unknown) => decodeClickstreamLine(JSON.stringify(value), arrivedAtMs, missingId);

/** As the reference systems print them: real-time analytics and enrichment; the clickstream pipeline prints its event types alone. */
const printed: readonly (readonly [what: string, sent: object, reads: object])[] = [
  [
    'put-record of real-time analytics',
    {
      eventType: 'page_view',
      userId: 'user_1234',
      timestamp: '2024-01-01T12:00:00Z',
      pageUrl: '/home',
      loadTime: 1200,
    },
    {
      eventType: 'page_view',
      userId: 'user_1234',
      timestamp: '2024-01-01T12:00:00Z',
      pageUrl: '/home',
      loadTime: 1200,
    },
  ],
  ...[
    {
      eventType: 'page_view',
      userId: 'user_1234',
      sessionId: 'session_5678',
      pageUrl: '/home',
      loadTime: 1200,
      deviceType: 'desktop',
      sessionLength: 300,
      pagesViewed: 3,
    },
    {
      eventType: 'purchase',
      userId: 'user_1234',
      amount: 99.99,
      currency: 'USD',
      itemsCount: 2,
      paymentMethod: 'credit_card',
    },
    {
      eventType: 'user_signup',
      userId: 'user_1234',
      signupMethod: 'email',
      campaignSource: 'google',
      marketingConsent: true,
    },
    { eventType: 'click', userId: 'user_1234', elementId: 'cta-button', elementType: 'button', pageUrl: '/product' },
    {
      eventType: 'error',
      userId: 'user_1234',
      errorType: 'javascript',
      errorMessage: 'Cannot read property of undefined',
      pageUrl: '/checkout',
    },
  ].map((event) => [`${event.eventType} of real-time analytics`, event, { ...event, timestamp }] as const),
  [
    'put-record of enrichment',
    {
      event_type: 'page_view',
      user_id: 'user123',
      page: '/product/abc123',
      timestamp: '2026-11-21T09:29:00Z',
      session_id: 'session_xyz',
    },
    {
      eventType: 'page_view',
      userId: 'user123',
      pageUrl: '/product/abc123',
      timestamp: '2026-11-21T09:29:00Z',
      sessionId: 'session_xyz',
    },
  ],
  [
    'PAGE_VIEW of the clickstream pipeline',
    {
      EVENT_TYPE: 'PAGE_VIEW',
      USER_ID: 'u-1',
      PAGE_URL: '/home',
      TIMESTAMP: '2026-11-21T09:29:00Z',
      REGION: 'us-east-1',
    },
    { eventType: 'page_view', userId: 'u-1', pageUrl: '/home', timestamp: '2026-11-21T09:29:00Z', region: 'us-east-1' },
  ],
  [
    'ADD_TO_CART of the clickstream pipeline',
    { event_type: 'ADD_TO_CART', user_id: 'u-1', product_id: 'p-7', quantity: 2, device: 'MOBILE' },
    { eventType: 'add_to_cart', userId: 'u-1', productId: 'p-7', quantity: 2, deviceType: 'mobile', timestamp },
  ],
];

describe('decodeClickstreamLine', () => {
  it.each(printed)('reads %s as an event of the contract, with an id from its position', (_, sent, reads) => {
    expect(decoded(sent)).toEqual({ ok: true, value: { eventId: 'derived-1', ...reads } });
  });

  it.each(clickstreamEventTypes)('reads a whole %s event alike in every spelling', (type) => {
    const event = aClickstreamEvent(type, { region: 'DE' });
    const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const spelt = (spell: (name: string) => string, typeName: string) =>
      Object.fromEntries(
        Object.entries({ ...event, eventType: typeName }).map(([name, value]) => [spell(name), value]),
      );
    const spellings = [
      event,
      spelt(snake, type),
      spelt((name) => snake(name).toUpperCase(), type.toUpperCase()),
      spelt((name) => snake(name).replaceAll('_', '-'), type.replaceAll('_', '-')),
    ];
    for (const spelling of spellings) expect(decoded(spelling)).toEqual({ ok: true, value: event });
  });

  it('keeps the id and time that an event has, and fills in what is missing or null', () => {
    const event = aClickstreamEvent('click');
    const { eventId: _, ...withoutId } = event;
    expect(decoded(event)).toEqual({ ok: true, value: event });
    expect(decoded(withoutId)).toEqual({ ok: true, value: { ...event, eventId: 'derived-1' } });
    expect(decoded({ ...event, eventId: null, timestamp: null })).toEqual({
      ok: true,
      value: { ...event, eventId: 'derived-1', timestamp },
    });
  });

  it('takes the contract’s own spelling where a field is there twice, else the first', () => {
    const event = { ...aClickstreamEvent('page_view'), page_url: '/other', page: '/another' };
    expect(decoded(event)).toEqual({ ok: true, value: aClickstreamEvent('page_view') });
    const { pageUrl: _, ...other } = event;
    expect(decoded(other)).toMatchObject({ ok: true, value: { pageUrl: '/other' } });
  });

  it('leaves no room for names that mean something to JavaScript', () => {
    const line = `{"__proto__":{"amount":1},"constructor":1,${JSON.stringify(aClickstreamEvent('click')).slice(1)}`;
    expect(decodeClickstreamLine(line, arrivedAtMs, missingId)).toEqual({
      ok: true,
      value: aClickstreamEvent('click'),
    });
  });

  it('says what is wrong in the contract’s names', () => {
    expect(decoded({ EVENT_TYPE: 'PURCHASE', USER_ID: 'u-1', AMOUNT: -1, CURRENCY: 'euro' })).toEqual({
      ok: false,
      problems: [
        { field: 'amount', reason: 'must be at least 0' },
        { field: 'currency', reason: 'must be three capital letters, an ISO 4217 currency such as USD' },
      ],
    });
    expect(decoded({ event_type: 'hover', user_id: 'u-1' })).toEqual({
      ok: false,
      problems: [{ field: 'eventType', reason: `must be one of ${clickstreamEventTypes.join(', ')}` }],
    });
  });

  it.each(examples.clickstreamLines)('refuses what is no event: $rule', ({ bad, problems }) => {
    expect(decodeClickstreamLine(bad, arrivedAtMs, missingId).ok).toBe(false);
    expect(decodeClickstreamLine(bad, arrivedAtMs)).toEqual({ ok: false, problems });
  });
});

describe('decodeClickstreamEvent', () => {
  it.each(examples.clickstream)(
    'judges like the contract where nothing may be filled in: $rule',
    ({ good, bad, problems }) => {
      expect(decodeClickstreamEvent(good, arrivedAtMs)).toEqual({ ok: true, value: good });
      expect(decodeClickstreamEvent(bad, arrivedAtMs)).toEqual({ ok: false, problems });
    },
  );

  it('changes nothing about what it is given', () => {
    const given = Object.freeze({ event_type: 'CLICK', user_id: 'u-1', element_id: 'x' });
    expect(decodeClickstreamEvent(given, arrivedAtMs, missingId).ok).toBe(true);
    expect(respellClickstream(given)).toEqual({ eventType: 'click', userId: 'u-1', elementId: 'x' });
    expect(given).toEqual({ event_type: 'CLICK', user_id: 'u-1', element_id: 'x' });
  });
});
