import { type ClickstreamEventType, minorDigits, minorUnits, noCurrency } from '@acme/telemetry-schema';
import { pageOf } from '../page.ts';
import { counterOf, everything, noDevice, ofMinute, pageKey } from './keys.ts';
import { windowAt } from './windows.ts';

/** What of an event counts. */
export interface Countable {
  readonly eventType: ClickstreamEventType;
  readonly deviceType?: string | undefined;
  readonly pageUrl?: string | undefined;
  /** Of a page view, ms. */
  readonly loadTime?: number | undefined;
  /** Of a purchase. */
  readonly amount?: number | undefined;
  readonly currency?: string | undefined;
}

/**
 * By the name of a counter: what it grows by. Whole numbers, so that the order in which they are added is all one. What
 * a transaction adds is exact: at most 99 events of 1e9 in units of four digits come to 1e15, below 2^53.
 */
export type Counts = Readonly<Record<string, number>>;

/** What an event adds to one item of counters. */
export interface Share {
  /** Names the item: its window and its subject. */
  readonly key: string;
  readonly window: string;
  readonly subject: string;
  readonly counts: Counts;
}

/**
 * What an event adds: to everything in its minute and in its hour, and to its page if it has one.
 *
 * @param instant when it happened, as `toISOString` writes it
 */
export const sharesOf = (event: Countable, instant: string): readonly Share[] => {
  const common: Record<string, number> = { [counterOf.type(event.eventType)]: 1 };
  if (event.eventType === 'page_view' && event.loadTime !== undefined) {
    common[counterOf.loads] = 1;
    common[counterOf.loadTimeMs] = Math.round(event.loadTime);
  }
  const all = {
    ...common,
    [counterOf.events]: 1,
    [counterOf.device(event.deviceType ?? noDevice)]: 1,
    ...moneyOf(event),
  };
  const hour = windowAt('hour', instant);
  const shares = [share(windowAt('minute', instant), everything, all), share(hour, everything, all)];
  const { pageUrl } = event;
  if (pageUrl !== undefined)
    shares.push(share(hour, pageKey(pageOf(pageUrl)), ofHourAndMinute(common, instant.slice(14, 16))));
  return shares;
};

const share = (window: string, subject: string, counts: Counts): Share => ({
  key: `${window} ${subject}`,
  window,
  subject,
  counts,
});

const ofHourAndMinute = (counts: Counts, minute: string): Counts => {
  const both: Record<string, number> = { ...counts };
  for (const name in counts) both[ofMinute(minute, name)] = counts[name] as number;
  return both;
};

/** Amounts in a currency that nobody knows have no unit to be summed in: such purchases count, without their amount. */
const moneyOf = ({ eventType, amount, currency }: Countable): Counts => {
  if (eventType !== 'purchase' || amount === undefined || currency === undefined) return {};
  const digits = minorDigits(currency);
  return digits === undefined
    ? { [counterOf.purchases(noCurrency)]: 1 }
    : { [counterOf.purchases(currency)]: 1, [counterOf.revenue(currency)]: Number(minorUnits(amount, digits)) };
};
