import type { ClickstreamEvent } from '@acme/telemetry-schema';
import type { Clock } from '../clock.ts';
import { customerId, numberedIds, titleId } from '../ids.ts';
import type { Universe } from '../universe/universe.ts';
import { countries } from '../universe/vocabulary.ts';
import { eventsPerBlock } from '../viewing/limits.ts';
import { checkedRange, eachBlock, type EventRange } from '../viewing/range.ts';
import { windowStart } from '../viewing/window.ts';
import { type ClickBlock, emptyClickBlock, fillClickBlock } from './block.ts';
import { visitsPerBlock, visitWindowMs } from './limits.ts';
import { pageUrl, titleOfPage } from './pages.ts';
import { currencies } from './prices.ts';
import { typeOf } from './steps.ts';
import {
  campaignSources,
  clickstreamDevices,
  clickstreamTypes,
  elements,
  errors,
  paymentMethods,
  signupMethods,
} from './vocabulary.ts';

export interface ClickstreamRange extends EventRange {
  readonly clock: Clock;
}

/**
 * The clickstream events of a range, in the order of their numbers; within a block that is the order of time.
 *
 * @throws RangeError when the range or the clock's answer is out of bounds
 */
export const clickstreamEvents = (universe: Universe, range: ClickstreamRange): ClickstreamEvent[] => {
  const block = emptyClickBlock();
  const eventId = numberedIds('ec', universe.seed);
  const visitId = numberedIds('vs', universe.seed);
  const events: ClickstreamEvent[] = [];
  eachBlock(checkedRange(range), (number, first, end) => {
    fillClickBlock(universe, number, block);
    const startMs = windowStart(range.clock, number, visitWindowMs);
    for (let position = first; position < end; position++) {
      const entry = block.timeline[position]!;
      const place = entry & 255;
      const visit = block.visit[place]!;
      const customer = block.customer[visit]!;
      const eventType = clickstreamTypes[typeOf[block.step[place]!]!]!;
      events.push({
        eventId: eventId(number * eventsPerBlock + position),
        timestamp: new Date(startMs + (entry >>> 8)).toISOString(),
        eventType,
        userId: customerId(customer),
        sessionId: visitId(number * visitsPerBlock + visit),
        deviceType: clickstreamDevices[block.device[visit]!]!,
        region: countries[universe.customers.country[customer]!]!,
        ...own[eventType](block, place, visit),
      } as ClickstreamEvent);
    }
  });
  return events;
};

/** The fields that only events of one type have. */
const own: Readonly<
  Record<(typeof clickstreamTypes)[number], (block: ClickBlock, place: number, visit: number) => object>
> = {
  page_view: ({ page, amount, seconds, count }, place) => ({
    pageUrl: pageUrl(page[place]!),
    loadTime: amount[place]!,
    sessionLength: seconds[place]!,
    pagesViewed: count[place]!,
  }),
  add_to_cart: ({ page, amount, currency }, place, visit) => ({
    productId: titleId(titleOfPage(page[place]!)),
    quantity: 1,
    amount: amount[place]! / 100,
    currency: currencies[currency[visit]!]!,
  }),
  purchase: ({ amount, currency, count, choice }, place, visit) => ({
    amount: amount[place]! / 100,
    currency: currencies[currency[visit]!]!,
    itemsCount: count[place]!,
    paymentMethod: paymentMethods[choice[place]!]!,
  }),
  user_signup: ({ choice, source }, place, visit) => ({
    signupMethod: signupMethods[choice[place]! >> 1]!,
    ...(source[visit] === 0 ? {} : { campaignSource: campaignSources[source[visit]!] }),
    marketingConsent: (choice[place]! & 1) === 1,
  }),
  click: ({ page, choice }, place) => ({ ...elements[choice[place]!]!, pageUrl: pageUrl(page[place]!) }),
  error: ({ page, choice }, place) => ({ ...errors[choice[place]!]!, pageUrl: pageUrl(page[place]!) }),
};
