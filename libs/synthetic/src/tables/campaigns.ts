import type { Campaign } from '@acme/telemetry-schema';
import { campaignId } from '../ids.ts';
import { Random } from '../random.ts';
import { purposes } from '../universe/purposes.ts';
import type { Universe } from '../universe/universe.ts';
import { seededFaker } from './names.ts';

/** How many advertisements the viewers of the free tier were shown on a day, such as `2026-10-31`. */
export interface DayOfAdvertisements {
  readonly date: string;
  readonly advertisements: number;
}

/**
 * The rows of `campaigns`, in the order of their ids, for days in a row. Each advertisement of a day belongs to one of
 * the campaigns that run on it, by their weights, so that all impressions together are all advertisements: the first
 * campaign runs every day, the others for one to four weeks.
 *
 * @param days at least one; `lakeAnswers` counts them, by the rule of `adTier` and `adEvents`
 */
export const campaigns = ({ seed, sizes }: Universe, days: readonly DayOfAdvertisements[]): Campaign[] => {
  const faker = seededFaker(seed, purposes.campaigns);
  const random = new Random(seed, 0, purposes.campaigns);
  const planned = Array.from({ length: sizes.campaigns }, (_, index) => {
    const length = index === 0 ? days.length : random.between(Math.min(7, days.length), Math.min(28, days.length));
    const first = random.between(0, days.length - length);
    return {
      campaign_id: campaignId(index),
      advertiser_name: faker.company.name(),
      first,
      last: first + length - 1,
      weight: random.between(1, 100),
      // Video advertisements are clicked by 0.1 % to 3 % of those who see them.
      clicksPerTenThousand: random.between(10, 300),
      impressions: 0,
    };
  });
  days.forEach(({ advertisements }, day) => {
    const running = planned.filter(({ first, last }) => first <= day && day <= last);
    const total = running.reduce((sum, { weight }) => sum + weight, 0);
    let upTo = 0;
    let given = 0;
    for (const campaign of running) {
      upTo += campaign.weight;
      const share = Math.floor((advertisements * upTo) / total) - given;
      campaign.impressions += share;
      given += share;
    }
  });
  return planned.map(({ campaign_id, advertiser_name, first, last, clicksPerTenThousand, impressions }) => {
    const clicks = Math.floor((impressions * clicksPerTenThousand) / 10_000);
    return {
      campaign_id,
      advertiser_name,
      impressions,
      clicks,
      click_through_rate: impressions === 0 ? 0 : (clicks / impressions) * 100,
      start_date: days[first]!.date,
      end_date: days[last]!.date,
    };
  });
};
