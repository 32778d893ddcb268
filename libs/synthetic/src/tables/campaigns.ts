import type { Campaign } from '@acme/telemetry-schema';
import { campaignId } from '../ids.ts';
import { Random } from '../random.ts';
import { purposes } from '../universe/purposes.ts';
import type { Universe } from '../universe/universe.ts';
import { dayOf, daysAfter } from './day.ts';
import { seededFaker } from './names.ts';

/** The rows of `campaigns`, in the order of their ids: two weeks to three months long, begun in 2024. */
export const campaigns = ({ seed, sizes }: Universe): Campaign[] => {
  const faker = seededFaker(seed, purposes.campaigns);
  const random = new Random(seed, 0, purposes.campaigns);
  return Array.from({ length: sizes.campaigns }, (_, index) => {
    const impressions = random.between(10_000, 5_000_000);
    // Video advertisements are clicked by 0.1 % to 3 % of those who see them.
    const clicks = Math.floor((impressions * random.between(10, 300)) / 10_000);
    const startDate = dayOf(random, '2024-01-01', '2024-12-31');
    return {
      campaign_id: campaignId(index),
      advertiser_name: faker.company.name(),
      impressions,
      clicks,
      click_through_rate: (clicks / impressions) * 100,
      start_date: startDate,
      end_date: daysAfter(startDate, random.between(13, 89)),
    };
  });
};
