import { adEvents, adTier, type Universe, vocabulary } from '@acme/synthetic';
import type { HandedOver } from './telemetry-columns.ts';

/** What is in a file of events, to be told without reading it. */
export interface Contents {
  readonly rows: number;
  readonly watchedSeconds: number;
  /** Advertisements that the free tier was shown. */
  readonly advertisements: number;
}

export const addContents = (one: Contents, other: Contents): Contents => ({
  rows: one.rows + other.rows,
  watchedSeconds: one.watchedSeconds + other.watchedSeconds,
  advertisements: one.advertisements + other.advertisements,
});

const adTypes = vocabulary.eventTypes.map((type) => adEvents.includes(type));

/** Adds rows `from` to `to − 1` to what has been counted before. */
export const countContents = ({ customers }: Universe) => {
  const isOnAdTier = Array.from(customers.tier, (tier) => vocabulary.tiers[tier] === adTier);
  return (before: Contents, { watched, type, customer }: HandedOver, from: number, to: number): Contents => {
    let { watchedSeconds, advertisements } = before;
    for (let row = from; row < to; row++) {
      watchedSeconds += watched.values[row]!;
      if (adTypes[type.values[row]!] && isOnAdTier[customer.values[row]!]) advertisements += 1;
    }
    return { rows: before.rows + to - from, watchedSeconds, advertisements };
  };
};
