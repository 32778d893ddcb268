import type { ClickstreamEvent } from '@acme/telemetry-schema';
import { minorDigits, minorUnits, noCurrency } from '../currencies.ts';
import { pageOf } from '../page.ts';
import { counterOf, everything, noDevice, pageKey } from './keys.ts';

/** By the name of a counter: what it grows by. Whole numbers, so that the order in which they are added is all one. */
export type Counts = Readonly<Record<string, number>>;

/** What an event adds to its minute, and likewise to its hour: to everything in it, and to its page if it has one. */
export const countsOf = (event: ClickstreamEvent): readonly (readonly [subject: string, counts: Counts])[] => {
  const common: Record<string, number> = { [counterOf.events]: 1, [counterOf.type(event.eventType)]: 1 };
  if (event.eventType === 'page_view' && event.loadTime !== undefined) {
    common[counterOf.loads] = 1;
    common[counterOf.loadTimeMs] = Math.round(event.loadTime);
  }
  const all = { ...common, [counterOf.device(event.deviceType ?? noDevice)]: 1, ...moneyOf(event) };
  const url = 'pageUrl' in event ? event.pageUrl : undefined;
  return url === undefined
    ? [[everything, all]]
    : [
        [everything, all],
        [pageKey(pageOf(url)), common],
      ];
};

/** Amounts in a currency that nobody knows have no unit to be summed in: such purchases count, without their amount. */
const moneyOf = (event: ClickstreamEvent): Counts => {
  if (event.eventType !== 'purchase') return {};
  const { amount, currency } = event;
  const digits = minorDigits(currency);
  return digits === undefined
    ? { [counterOf.purchases(noCurrency)]: 1 }
    : { [counterOf.purchases(currency)]: 1, [counterOf.revenue(currency)]: minorUnits(amount, digits) };
};
