import * as z from 'zod';
import { ClickstreamEvent, clickstreamEventTypes } from './clickstream-event.ts';

const [
  { shape: pageView },
  { shape: purchase },
  { shape: userSignup },
  { shape: click },
  { shape: error },
  { shape: addToCart },
] = ClickstreamEvent.options;

/** A row of `clickstream_events`: clickstream events as they landed, at least once, by the hour of arrival. */
export const ClickstreamRow = z
  .object({
    event_id: pageView.eventId,
    event_timestamp: pageView.timestamp,
    event_type: z
      .enum(clickstreamEventTypes)
      .describe('What the user did: page_view, purchase, user_signup, click, error or add_to_cart'),
    user_id: pageView.userId,
    session_id: pageView.sessionId,
    device_type: pageView.deviceType,
    region: pageView.region,
    page_url: click.pageUrl.describe('Page shown, or where it happened, as a path or a full URL'),
    load_time: pageView.loadTime,
    session_length: pageView.sessionLength,
    pages_viewed: pageView.pagesViewed,
    amount: addToCart.amount.describe('Price paid, or of what was put in the cart, in units of the currency'),
    currency: addToCart.currency,
    items_count: purchase.itemsCount,
    payment_method: purchase.paymentMethod,
    signup_method: userSignup.signupMethod.optional().describe('How the user signed up, such as email'),
    campaign_source: userSignup.campaignSource,
    marketing_consent: userSignup.marketingConsent,
    element_id: click.elementId.optional().describe('Element clicked, by its id in the page'),
    element_type: click.elementType,
    error_type: error.errorType.optional().describe('Kind of error, such as javascript'),
    error_message: error.errorMessage.optional().describe('What the error said'),
    product_id: addToCart.productId.optional().describe('Product put in the cart'),
    quantity: addToCart.quantity,
  })
  .describe('Clickstream events as they landed, at least once each, by the hour they arrived');
export type ClickstreamRow = z.output<typeof ClickstreamRow>;

type Columns = readonly (readonly [field: string, column: string])[];

/** By event type: which field is in which column. */
const columnsOf: ReadonlyMap<string, Columns> = new Map(
  ClickstreamEvent.options.map(({ shape }) => [
    shape.eventType.value,
    Object.keys(shape).map((field) => [field, columnOf(field)] as const),
  ]),
);

/** The row that an event is in the lake; fields that the event leaves out are left out. */
export const clickstreamRow = (event: ClickstreamEvent): ClickstreamRow => {
  const row: Record<string, unknown> = {};
  for (const [field, column] of columnsOf.get(event.eventType) ?? []) {
    const value = (event as Readonly<Record<string, unknown>>)[field];
    if (value !== undefined) row[column] = value;
  }
  return row as ClickstreamRow;
};

/** `timestamp` is a word of SQL's own, and viewing events call it so, too. */
function columnOf(field: string): string {
  return field === 'timestamp' ? 'event_timestamp' : field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
