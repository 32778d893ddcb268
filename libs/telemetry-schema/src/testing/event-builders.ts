import type { ClickstreamEventOf, ClickstreamEventType } from '../clickstream-event.ts';
import type { ViewingEvent } from '../viewing-event.ts';

/** When the built events arrive: some seconds after they happened. Pass it to the parsers. */
export const arrivedAtMs = Date.UTC(2026, 10, 21, 9, 30, 5);

/**
 * A valid viewing event, the same each time, but for the fields that the test is about. A field given as `undefined`
 * is there with that value.
 */
export const aViewingEvent = (only: Partial<ViewingEvent> = {}): ViewingEvent => ({
  event_id: 'event-1',
  event_timestamp: '2026-11-21T09:30:00.000Z',
  event_type: 'pause',
  customer_id: 'customer-1',
  title_id: 'title-1',
  title_type: 'movie',
  device_type: 'tv',
  quality: 'HD',
  watch_duration_seconds: 1200,
  completion_percentage: 25.5,
  session_id: 'session-1',
  ...only,
});

const common = {
  eventId: 'event-1',
  userId: 'user_1234',
  timestamp: '2026-11-21T09:30:00.000Z',
  sessionId: 'session_5678',
  deviceType: 'desktop',
} as const;

const typical: { readonly [T in ClickstreamEventType]: ClickstreamEventOf<T> } = {
  page_view: {
    eventType: 'page_view',
    ...common,
    pageUrl: '/home',
    loadTime: 1200,
    sessionLength: 300,
    pagesViewed: 3,
  },
  purchase: {
    eventType: 'purchase',
    ...common,
    amount: 99.99,
    currency: 'USD',
    itemsCount: 2,
    paymentMethod: 'credit_card',
  },
  user_signup: {
    eventType: 'user_signup',
    ...common,
    signupMethod: 'email',
    campaignSource: 'google',
    marketingConsent: true,
  },
  click: { eventType: 'click', ...common, elementId: 'cta-button', elementType: 'button', pageUrl: '/product' },
  error: {
    eventType: 'error',
    ...common,
    errorType: 'javascript',
    errorMessage: 'Cannot read property of undefined',
    pageUrl: '/checkout',
  },
  add_to_cart: { eventType: 'add_to_cart', ...common, productId: 'abc123', quantity: 1, amount: 49.5, currency: 'USD' },
};

/** A valid clickstream event of the type, the same each time, but for the fields that the test is about. */
export const aClickstreamEvent = <T extends ClickstreamEventType>(
  type: T,
  only: Partial<Omit<ClickstreamEventOf<T>, 'eventType'>> = {},
): ClickstreamEventOf<T> => ({ ...typical[type], ...only });
