/* eslint-disable @nx/enforce-module-boundaries -- for tests: events as the app takes them */
// Clickstream events of a few minutes over an hour's end, some of them late, the same each time.
import type { ClickstreamEvent } from '@acme/telemetry-schema';
import { aClickstreamEvent } from '@acme/telemetry-schema/testing';
import type { Arrived } from '../../../../apps/analytics/src/sort-out.ts';

const start = Date.UTC(2026, 10, 21, 9, 57);
export const arrivedAtMs = start + 10 * 60_000;

const devices = ['desktop', 'mobile', 'web', undefined] as const;
const pages = [
  '/home',
  '/product?id=7',
  '/checkout#pay',
  'https://shop.example/home',
  'HTTPS://Shop.EXAMPLE/home',
] as const;
const money = [
  ['USD', 99.99],
  ['EUR', 0.1],
  ['JPY', 1200],
  ['KWD', 1.234],
  ['USD', 0.7],
  ['QQQ', 5],
  // Halves of a minor unit, whose binary numbers lie on either side of them.
  ['USD', 1.005],
  ['EUR', 8.345],
  ['KWD', 1.0005],
] as const;

const anEvent = (index: number): ClickstreamEvent => {
  const late = index % 50 === 0 ? 3 * 24 * 3_600_000 : 0;
  const common = {
    eventId: `event-${index}`,
    timestamp: new Date(start + ((index * 7_919) % 300_000) - late).toISOString(),
    ...(devices[index % 4] ? { deviceType: devices[index % 4] } : {}),
  };
  const pageUrl = pages[index % pages.length] as string;
  switch (index % 7) {
    case 0:
    case 1:
    case 2:
      return aClickstreamEvent('page_view', { ...common, pageUrl, loadTime: (index % 90) * 61.7 });
    case 3: {
      const [currency, amount] = money[index % money.length] as (typeof money)[number];
      return aClickstreamEvent('purchase', { ...common, currency, amount });
    }
    case 4:
      return aClickstreamEvent('click', { ...common, pageUrl });
    case 5:
      return aClickstreamEvent('error', { ...common, pageUrl });
    default:
      return aClickstreamEvent(index % 2 === 0 ? 'user_signup' : 'add_to_cart', common);
  }
};

/** So many events, as they reach the stream. */
export const someEvents = (count: number): Arrived[] =>
  Array.from({ length: count }, (_, index) => ({ event: anEvent(index), arrivedAtMs }));
