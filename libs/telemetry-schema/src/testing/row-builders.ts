import type { Campaign } from '../campaign.ts';
import type { ClickstreamRow } from '../clickstream-row.ts';
import type { Customer } from '../customer.ts';
import type { EnrichedEvent } from '../enriched-event.ts';
import type { TelemetryRow } from '../telemetry.ts';
import type { Title } from '../title.ts';
import { aViewingEvent } from './event-builders.ts';

/** A valid customer, the same each time, but for the fields that the test is about. */
export const aCustomer = (only: Partial<Customer> = {}): Customer => ({
  customer_id: 'customer-1',
  email: 'ada@example.com',
  subscription_tier: 'standard',
  country: 'DE',
  is_active: true,
  preferred_genres: ['drama', 'comedy'],
  signup_date: '2024-02-29',
  ...only,
});

/** A valid title, the same each time, but for the fields that the test is about. */
export const aTitle = (only: Partial<Title> = {}): Title => ({
  title_id: 'title-1',
  title_name: 'The Long Afternoon',
  title_type: 'movie',
  genre: 'drama',
  duration_minutes: 80,
  release_year: 2019,
  ...only,
});

/** A valid campaign, the same each time, but for the fields that the test is about. */
export const aCampaign = (only: Partial<Campaign> = {}): Campaign => ({
  campaign_id: 'campaign-1',
  advertiser_name: 'Example Ltd',
  impressions: 3_000_000_000,
  clicks: 60_000_000,
  click_through_rate: 2,
  start_date: '2026-11-01',
  end_date: '2026-11-30',
  ...only,
});

/** A valid row of the curated table, the same each time, but for the fields that the test is about. */
export const aTelemetryRow = (only: Partial<TelemetryRow> = {}): TelemetryRow => aViewingEvent(only);

/** A valid row of the raw clickstream, a click, the same each time, but for the fields that the test is about. */
export const aClickstreamRow = (only: Partial<ClickstreamRow> = {}): ClickstreamRow => ({
  event_id: 'event-1',
  event_timestamp: '2026-11-21T09:30:00.000Z',
  event_type: 'click',
  user_id: 'user_1234',
  session_id: 'session_5678',
  device_type: 'desktop',
  page_url: '/product',
  element_id: 'cta-button',
  element_type: 'button',
  ...only,
});

/** A valid enriched event, a viewing event whose customer and title were known, but for the fields that the test is about. */
export const anEnrichedEvent = (only: Partial<EnrichedEvent> = {}): EnrichedEvent => ({
  ...aViewingEvent(),
  enrichment_status: 'complete',
  customers_lookup: 'hit',
  customers_version: 1,
  customer_subscription_tier: 'standard',
  customer_country: 'DE',
  customer_is_active: true,
  customer_signup_date: '2024-02-29',
  titles_lookup: 'hit',
  titles_version: 1,
  title_name: 'The Long Afternoon',
  title_genre: 'drama',
  title_duration_minutes: 80,
  title_release_year: 2019,
  ...only,
});
