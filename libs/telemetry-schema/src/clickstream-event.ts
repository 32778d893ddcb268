import * as z from 'zod';
import { eventParser, lineParser } from './event-parser.ts';
import type { EventParser, LineParser } from './event-parser.ts';
import { accountId, count, currency, id, instant, text } from './fields.ts';
import { clickstreamEventTypes } from './vocabulary.ts';

export { clickstreamEventTypes };

export const clickstreamDeviceTypes = ['desktop', 'mobile', 'web', 'tv', 'tablet'] as const;
export type ClickstreamDeviceType = (typeof clickstreamDeviceTypes)[number];

/** The largest amount of money in one event, in units of its currency. */
export const maxAmount = 1_000_000_000;

const money = (): z.ZodNumber => z.number().min(0).max(maxAmount);
const url = (): z.ZodString => text(2048);
const dayMs = 24 * 60 * 60 * 1000;
const monthSeconds = 30 * 24 * 60 * 60;

const common = {
  eventId: id().describe('Unique event identifier; the same event sent again keeps it'),
  userId: accountId().describe('User who did it; events of one user keep their order'),
  timestamp: instant().describe('When it happened, by the sender: ISO 8601 in UTC, ending in Z'),
  sessionId: id().optional().describe('Visit that the event belongs to'),
  deviceType: z.enum(clickstreamDeviceTypes).optional().describe('Kind of device: desktop, mobile, web, tv or tablet'),
  region: text(64).optional().describe('Where the user is, as the sender names it'),
};

const PageView = z.object({
  eventType: z.literal('page_view').describe('A page was shown'),
  ...common,
  pageUrl: url().describe('Page shown, as a path or a full URL'),
  loadTime: z.number().min(0).max(dayMs).optional().describe('Milliseconds the page took to load'),
  sessionLength: z.number().min(0).max(monthSeconds).optional().describe('Seconds since the visit began'),
  pagesViewed: count(0, 1_000_000).optional().describe('Pages shown in this visit so far'),
});

const Purchase = z.object({
  eventType: z.literal('purchase').describe('Something was bought'),
  ...common,
  amount: money().describe('Price paid, in units of the currency'),
  currency: currency().describe('ISO 4217 code of the currency'),
  itemsCount: count(0, 1_000_000).optional().describe('Items bought'),
  paymentMethod: text(64).optional().describe('How it was paid, such as credit_card'),
});

const UserSignup = z.object({
  eventType: z.literal('user_signup').describe('A user signed up'),
  ...common,
  signupMethod: text(64).describe('How the user signed up, such as email'),
  campaignSource: text(256).optional().describe('Campaign or site that the user came from'),
  marketingConsent: z.boolean().optional().describe('Whether the user agreed to marketing'),
});

const Click = z.object({
  eventType: z.literal('click').describe('An element of a page was clicked'),
  ...common,
  elementId: text(256).describe('Element clicked, by its id in the page'),
  elementType: text(64).optional().describe('Kind of element, such as button'),
  pageUrl: url().optional().describe('Page that holds the element'),
});

const ErrorEvent = z.object({
  eventType: z.literal('error').describe('The page met an error'),
  ...common,
  errorType: text(128).describe('Kind of error, such as javascript'),
  errorMessage: text(4096).describe('What the error said'),
  pageUrl: url().optional().describe('Page where it happened'),
});

const AddToCart = z.object({
  eventType: z.literal('add_to_cart').describe('Something was put in the cart'),
  ...common,
  productId: id().describe('Product put in the cart'),
  quantity: count(1, 1_000_000).optional().describe('How many of it'),
  amount: money().optional().describe('Price of one, in units of the currency'),
  currency: currency().optional().describe('ISO 4217 code of the currency'),
});

export type ClickstreamEventType = (typeof clickstreamEventTypes)[number];

/** One thing a user did on the web site. Fields it does not know are allowed and dropped. */
export const ClickstreamEvent = z
  .discriminatedUnion('eventType', [PageView, Purchase, UserSignup, Click, ErrorEvent, AddToCart])
  .describe('One thing a user did on the web site');
export type ClickstreamEvent = z.output<typeof ClickstreamEvent>;

/** The clickstream event of one type: `ClickstreamEventOf<'purchase'>`. */
export type ClickstreamEventOf<T extends ClickstreamEventType> = Extract<ClickstreamEvent, { eventType: T }>;

/** A clickstream event, or everything that is wrong with the value. Judges the time against the arrival, never against now. */
export const parseClickstreamEvent: EventParser<ClickstreamEvent> = eventParser(ClickstreamEvent, 'timestamp');

/** The same for a line of NDJSON, whose size is checked before it is parsed. */
export const parseClickstreamLine: LineParser<ClickstreamEvent> = lineParser(parseClickstreamEvent);
