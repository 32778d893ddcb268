import { Random } from '../random.ts';
import { Weighted } from '../weighted.ts';
import { purposes } from './purposes.ts';
import { genres } from './vocabulary.ts';

/** Customers as columns, by position from 0; tier, country and genres are positions in the vocabulary's lists. */
export interface CustomerColumns {
  readonly tier: Uint8Array;
  readonly country: Uint8Array;
  readonly active: Uint8Array;
  /** Bit g is set for a preferred genre g; one to three are. */
  readonly genres: Uint16Array;
  /** The positions of the active customers: the ones who watch. */
  readonly watchers: Uint32Array;
}

const tierShares = new Weighted([35, 25, 25, 15]);
const countryShares = new Weighted([30, 12, 10, 8, 8, 8, 6, 5, 4, 4, 3, 2]);
const activePercent = 88;

export const drawCustomers = (seed: number, count: number): CustomerColumns => {
  const tier = new Uint8Array(count);
  const country = new Uint8Array(count);
  const active = new Uint8Array(count);
  const preferred = new Uint16Array(count);
  const watchers: number[] = [];
  const random = new Random(seed, 0, purposes.customers);
  for (let index = 0; index < count; index++) {
    tier[index] = tierShares.pick(random);
    country[index] = countryShares.pick(random);
    for (let left = random.between(1, 3); left > 0; left--) preferred[index]! |= 1 << random.below(genres.length);
    // The first customer stays, so that somebody watches in the smallest universe.
    if (random.below(100) < activePercent || index === 0) {
      active[index] = 1;
      watchers.push(index);
    }
  }
  return { tier, country, active, genres: preferred, watchers: Uint32Array.from(watchers) };
};
