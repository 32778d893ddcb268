import * as z from 'zod';
import { count, day, id, text } from './fields.ts';

/** A row of `campaigns`. */
export const Campaign = z
  .object({
    campaign_id: id().describe('Unique campaign identifier'),
    advertiser_name: text(256).describe('Advertiser'),
    impressions: count(0).describe('Times the advertisement was shown'),
    clicks: count(0).describe('Times it was clicked'),
    click_through_rate: z.number().min(0).max(100).describe('Clicks per hundred impressions'),
    start_date: day().describe('First day of the campaign, UTC'),
    end_date: day().describe('Last day of the campaign, UTC'),
  })
  .describe('Advertising campaign performance');
export type Campaign = z.output<typeof Campaign>;
