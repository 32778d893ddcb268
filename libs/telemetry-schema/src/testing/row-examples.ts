import { clickstreamEventTypes } from '../clickstream-event.ts';
import { eventTypes } from '../viewing-event.ts';
import type { TableName } from '../tables.ts';
import { aViewingEvent } from './event-builders.ts';
import { fieldExamples, reasons, wholeExamples } from './example.ts';
import type { Example } from './example.ts';
import { aCampaign, aClickstreamRow, aCustomer, anEnrichedEvent, aTelemetryRow, aTitle } from './row-builders.ts';
import { accountIdExamples, idExamples } from './common-examples.ts';

const customer = fieldExamples(aCustomer());
const title = fieldExamples(aTitle());
const campaign = fieldExamples(aCampaign());
const click = fieldExamples(aClickstreamRow());
const enriched = fieldExamples(anEnrichedEvent());
const country = 'must be two capital letters, an ISO 3166-1 country such as DE';

const viewing = (row: object): readonly Example[] => {
  const of = fieldExamples(row);
  return [
    ...wholeExamples(row, '(row)'),
    ...idExamples(of, 'event_id'),
    of('watch_duration_seconds', 'is not negative', 0, -1, 'must be at least 0'),
  ];
};

const anyType = [...eventTypes, ...clickstreamEventTypes];

/** The rules of a row, by table. The viewing tables take their fields, and so their rules, from the viewing event. */
export const rowExamples: Readonly<Record<TableName, readonly Example[]>> = {
  customers: [
    ...wholeExamples(aCustomer(), '(row)'),
    ...accountIdExamples(customer, 'customer_id'),
    customer('email', 'is an address', 'a.b@example.com', 'ada at example', 'must be an email address'),
    customer(
      'email',
      'is bounded',
      'a@example.com',
      `${'a'.repeat(254)}@example.com`,
      'must be at most 254 characters long',
    ),
    customer(
      'subscription_tier',
      'is a known one',
      'free_with_ads',
      'gold',
      'must be one of free_with_ads, basic, standard, premium',
    ),
    customer('country', 'is a code', 'NZ', 'New Zealand', country),
    customer('is_active', 'is a boolean', false, 1, 'must be a boolean, not a number'),
    customer('preferred_genres', 'is a list', [], 'drama', 'must be an array, not a string'),
    customer('preferred_genres', 'is bounded', ['drama'], Array(33).fill('drama'), 'must be at most 32 items long'),
    customer('preferred_genres', 'holds text', ['drama'], ['drama', 7], '', {
      problems: [{ field: 'preferred_genres.1', reason: 'must be a string, not a number' }],
    }),
    customer('signup_date', 'is a day', '2024-02-29', '2026-02-29', reasons.day),
  ],
  titles: [
    ...wholeExamples(aTitle(), '(row)'),
    ...idExamples(title, 'title_id'),
    title('title_name', 'is not empty', 'X', '', 'must be at least 1 character long'),
    title('title_name', 'is bounded', 'X'.repeat(256), 'X'.repeat(257), 'must be at most 256 characters long'),
    title('title_type', 'is a known one', 'series', 'podcast', 'must be one of movie, series, documentary'),
    title('genre', 'is there', 'drama', undefined, 'is missing'),
    title('duration_minutes', 'is at least one', 1, 0, 'must be at least 1'),
    title('duration_minutes', 'is at most a day', 1440, 1441, 'must be at most 1440'),
    title('release_year', 'is not before film', 1888, 1887, 'must be at least 1888'),
    title('release_year', 'is of this age', 2100, 2101, 'must be at most 2100'),
  ],
  telemetry: viewing(aTelemetryRow()),
  campaigns: [
    ...wholeExamples(aCampaign(), '(row)'),
    ...idExamples(campaign, 'campaign_id'),
    campaign('advertiser_name', 'is there', 'Example Ltd', undefined, 'is missing'),
    campaign('impressions', 'is not negative', 0, -1, 'must be at least 0'),
    campaign('clicks', 'is whole', 7, 7.5, 'must be a whole number, not a fraction'),
    campaign('click_through_rate', 'is at most 100', 100, 101, 'must be at most 100'),
    campaign('start_date', 'is a day', '2026-11-30', '2026-11-31', reasons.day),
    campaign('end_date', 'is a day', '2026-11-30', 'tomorrow', reasons.day),
  ],
  streaming_events: viewing(aViewingEvent()),
  clickstream_events: [
    ...wholeExamples(aClickstreamRow(), '(row)'),
    ...idExamples(click, 'event_id'),
    ...accountIdExamples(click, 'user_id'),
    click('event_type', 'is a known one', 'purchase', 'hover', `must be one of ${clickstreamEventTypes.join(', ')}`),
    click('page_url', 'may be left out but not be empty', undefined, '', 'must be at least 1 character long'),
    click('amount', 'may be left out but not be negative', undefined, -1, 'must be at least 0'),
    click('signup_method', 'may be left out but not be empty', undefined, '', 'must be at least 1 character long'),
  ],
  enriched_events: [
    ...wholeExamples(anEnrichedEvent(), '(row)'),
    ...idExamples(enriched, 'event_id'),
    enriched('event_type', 'is of either family', 'purchase', 'hover', `must be one of ${anyType.join(', ')}`),
    enriched('customer_id', 'may be left out but not be empty', undefined, '', reasons.accountId),
    enriched('user_id', 'is an identifier', 'user_1234', 'a b', reasons.accountId),
    enriched('enrichment_status', 'is a known one', 'none', 'done', 'must be one of complete, partial, none'),
    enriched('enrichment_status', 'is there', 'partial', undefined, 'is missing'),
    enriched('customers_lookup', 'is a known one', 'stale', 'skipped', 'must be one of hit, miss, stale'),
    enriched('titles_version', 'counts from one', 1, 0, 'must be at least 1'),
    enriched('pages_lookup', 'may be left out but is a known one', undefined, 'HIT', 'must be one of hit, miss, stale'),
    enriched('customer_country', 'is a code', 'NZ', 'New Zealand', country),
    enriched('title_genre', 'may be left out but not be empty', undefined, '', 'must be at least 1 character long'),
    enriched('page_list_price_usd', 'is not negative', 0, -1, 'must be at least 0'),
  ],
};
