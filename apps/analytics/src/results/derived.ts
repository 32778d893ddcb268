import { type ClickstreamEvent, type ClickstreamEventOf, minorDigits, minorUnits } from '@acme/telemetry-schema';
import { pageOf } from '../page.ts';
import { bounceScore, loadTimeClass } from './page-view.ts';
import { severity } from './severity.ts';

/** What an event's item tells besides who and when. A field whose source the event left out is left out. */
export type Derived = Readonly<Record<string, string | number | bigint | boolean | undefined>>;

/** The derived metrics of an event, by its type. */
export const derivedOf = (event: ClickstreamEvent): Derived => {
  switch (event.eventType) {
    case 'page_view':
      return pageView(event);
    case 'purchase':
      return purchase(event);
    case 'user_signup':
      return signup(event);
    case 'click':
      return {
        elementId: event.elementId,
        elementType: event.elementType,
        page: event.pageUrl === undefined ? undefined : pageOf(event.pageUrl),
      };
    case 'error':
      return {
        errorType: event.errorType,
        errorMessage: event.errorMessage,
        severity: severity(event),
        page: event.pageUrl === undefined ? undefined : pageOf(event.pageUrl),
      };
    case 'add_to_cart':
      return {
        productId: event.productId,
        quantity: event.quantity ?? 1,
        amount: event.amount,
        currency: event.currency,
      };
  }
};

const pageView = (event: ClickstreamEventOf<'page_view'>): Derived => ({
  page: pageOf(event.pageUrl),
  loadTime: event.loadTime,
  loadTimeClass: loadTimeClass(event.loadTime),
  sessionLength: event.sessionLength,
  pagesViewed: event.pagesViewed,
  bounceScore: bounceScore(event),
});

const purchase = ({ amount, currency, itemsCount, paymentMethod }: ClickstreamEventOf<'purchase'>): Derived => {
  const digits = minorDigits(currency);
  return {
    amount,
    currency,
    amountMinor: digits === undefined ? undefined : minorUnits(amount, digits),
    itemsCount,
    revenuePerItem: itemsCount === undefined || itemsCount === 0 ? undefined : amount / itemsCount,
    paymentMethod,
  };
};

const signup = (event: ClickstreamEventOf<'user_signup'>): Derived => ({
  signupMethod: event.signupMethod,
  source: event.campaignSource ?? 'direct',
  marketingConsent: event.marketingConsent ?? false,
});
