import { aClickstreamEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { derivedOf } from './derived.ts';
import { bounceScore, loadTimeClass } from './page-view.ts';
import { severity } from './severity.ts';

describe('derivedOf', () => {
  it('says of each type what analysts ask of it', () => {
    expect(derivedOf(aClickstreamEvent('page_view', { pageUrl: '/home?utm=1' }))).toEqual({
      page: '/home',
      loadTime: 1200,
      loadTimeClass: 'good',
      sessionLength: 300,
      pagesViewed: 3,
      bounceScore: 0,
    });
    expect(derivedOf(aClickstreamEvent('purchase'))).toEqual({
      amount: 99.99,
      currency: 'USD',
      amountMinor: 9999n,
      itemsCount: 2,
      revenuePerItem: 49.995,
      paymentMethod: 'credit_card',
    });
    expect(derivedOf(aClickstreamEvent('user_signup'))).toEqual({
      signupMethod: 'email',
      source: 'google',
      marketingConsent: true,
    });
    expect(derivedOf(aClickstreamEvent('click'))).toEqual({
      elementId: 'cta-button',
      elementType: 'button',
      page: '/product',
    });
    expect(derivedOf(aClickstreamEvent('error'))).toEqual({
      errorType: 'javascript',
      errorMessage: 'Cannot read property of undefined',
      severity: 'high',
      page: '/checkout',
    });
    expect(derivedOf(aClickstreamEvent('add_to_cart'))).toEqual({
      productId: 'abc123',
      quantity: 1,
      amount: 49.5,
      currency: 'USD',
    });
  });

  it('divides by no items, and sums up no unknown money', () => {
    const odd = derivedOf(aClickstreamEvent('purchase', { itemsCount: 0, currency: 'QQQ' }));
    expect(odd).toMatchObject({ amount: 99.99, amountMinor: undefined, revenuePerItem: undefined });
  });
});

describe('page views', () => {
  it('are good up to 2.5 s and poor over 4 s', () => {
    expect([0, 2_500, 2_501, 4_000, 4_001, undefined].map(loadTimeClass)).toEqual([
      'good',
      'good',
      'needs improvement',
      'needs improvement',
      'poor',
      undefined,
    ]);
  });

  it('look like a bounce when they are short and few', () => {
    const score = (sessionLength?: number, pagesViewed?: number) =>
      bounceScore({ ...aClickstreamEvent('page_view'), sessionLength, pagesViewed } as never);
    expect([
      score(29, 1),
      score(30, 1),
      score(59, 2),
      score(60, 1),
      score(10, 3),
      score(undefined, 1),
      score(5),
    ]).toEqual([1, 0.5, 0.5, 0, 0, undefined, undefined]);
  });
});

describe('severity', () => {
  it.each([
    ['javascript', '/home', 'medium'],
    ['javascript', '/checkout/pay', 'high'],
    ['javascript', 'https://shop.example/cart', 'high'],
    ['javascript', '/cartoons', 'medium'],
    ['Payment', undefined, 'high'],
    ['validation', '/home', 'low'],
    ['validation', '/checkout', 'high'],
  ])('of %s on %s is %s', (errorType, pageUrl, wanted) => {
    expect(severity({ ...aClickstreamEvent('error'), errorType, pageUrl } as never)).toBe(wanted);
  });
});
