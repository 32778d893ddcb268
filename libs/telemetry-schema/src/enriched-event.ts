import * as z from 'zod';
import { clickstreamEventTypes } from './clickstream-event.ts';
import { ClickstreamRow } from './clickstream-row.ts';
import { Customer } from './customer.ts';
import { count, id, text } from './fields.ts';
import { Title } from './title.ts';
import { eventTypes, ViewingEvent } from './viewing-event.ts';

const viewing = ViewingEvent.shape;
const click = ClickstreamRow.shape;

/**
 * An event of either family as a row: what its sender said, in the columns that the family's own table has. From it
 * alone an event can be looked up again. What an event leaves out is left out, which SQL reads as NULL.
 */
export const EventRow = z.object({
  event_id: viewing.event_id,
  event_timestamp: viewing.event_timestamp,
  event_type: z
    .enum([...eventTypes, ...clickstreamEventTypes])
    .describe('What the viewer did (start to complete), or the user of the web site (page_view to add_to_cart)'),
  customer_id: viewing.customer_id.optional().describe('Customer who watched; clickstream events have a user_id'),
  title_id: viewing.title_id.optional().describe('Title watched, or that the page or the cart is about'),
  title_type: viewing.title_type.optional().describe('Kind of title: movie, series or documentary'),
  device_type: click.device_type,
  quality: viewing.quality.optional().describe('Stream quality: SD, HD or 4K'),
  watch_duration_seconds: viewing.watch_duration_seconds
    .optional()
    .describe('Seconds watched since the session started'),
  completion_percentage: viewing.completion_percentage
    .optional()
    .describe('Share of the title watched so far, 0 to 100'),
  session_id: viewing.session_id.describe('Viewing session, or visit of the web site'),
  user_id: click.user_id.optional().describe('User who did it; viewing events have a customer_id'),
  region: click.region,
  page_url: click.page_url,
  load_time: click.load_time,
  session_length: click.session_length,
  pages_viewed: click.pages_viewed,
  amount: click.amount,
  currency: click.currency,
  items_count: click.items_count,
  payment_method: click.payment_method,
  signup_method: click.signup_method,
  campaign_source: click.campaign_source,
  marketing_consent: click.marketing_consent,
  element_id: click.element_id,
  element_type: click.element_type,
  error_type: click.error_type,
  error_message: click.error_message,
  product_id: click.product_id,
  quantity: click.quantity,
});
export type EventRow = z.output<typeof EventRow>;

/**
 * What came of looking into a dimension for an event.
 *
 * `hit`: its row was there. `miss`: it was not, so the dimension's columns are NULL. `stale`: it was there, but was good
 * only until a time before the event; its columns are filled all the same. NULL where an event names nothing to look up.
 */
export const lookups = ['hit', 'miss', 'stale'] as const;
export type Lookup = (typeof lookups)[number];

/**
 * What came of it altogether. A dimension that is missing never drops an event: it lands with NULLs, under a status that
 * repair finds it by.
 *
 * `complete`: every dimension that the event asks for was a hit, or it asks for none. `none`: it asks, and each was a
 * miss. `partial`: all else.
 */
export const enrichmentStatuses = ['complete', 'partial', 'none'] as const;
export type EnrichmentStatus = (typeof enrichmentStatuses)[number];

const lookup = (what: string) =>
  z.enum(lookups).optional().describe(`Whether ${what} was known: hit, miss or stale; NULL where nothing was asked`);
const version = (what: string) => count(1).optional().describe(`Version of the row that ${what} was found in`);

/** A row of `enriched_events`: an event of either family with what was known about what it names. */
export const EnrichedEvent = z
  .object({
    ...EventRow.shape,
    enrichment_status: z
      .enum(enrichmentStatuses)
      .describe('complete, partial or none; repair looks for the latter two'),
    customers_lookup: lookup('the customer'),
    customers_version: version('the customer'),
    customer_subscription_tier: Customer.shape.subscription_tier.optional().describe('Plan of the customer'),
    customer_country: Customer.shape.country.optional().describe('Country of the customer, ISO 3166-1 alpha-2'),
    customer_is_active: z.boolean().optional().describe('Whether the customer has an active subscription'),
    customer_signup_date: Customer.shape.signup_date.optional().describe('Day the customer signed up, UTC'),
    titles_lookup: lookup('the title'),
    titles_version: version('the title'),
    title_name: Title.shape.title_name.optional().describe('Name of the title'),
    title_genre: Title.shape.genre.optional().describe('Primary genre of the title'),
    title_duration_minutes: Title.shape.duration_minutes.optional().describe('Running time of the title in minutes'),
    title_release_year: Title.shape.release_year.optional().describe('Year the title was first released'),
    pages_lookup: lookup('the page'),
    pages_version: version('the page'),
    page_type: text(64).optional().describe('Kind of page: home, search, signup, checkout, browse or product'),
    page_genre: Title.shape.genre.optional().describe('Genre that the page shows'),
    page_product_id: id().optional().describe('Product that the page sells'),
    page_list_price_usd: z
      .number()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe('Price of the product before discounts, US dollars'),
  })
  .describe('Events of both families with what is known of customers, titles and pages, by the hour they happened');
export type EnrichedEvent = z.output<typeof EnrichedEvent>;
