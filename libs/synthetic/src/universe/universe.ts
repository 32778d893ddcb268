import { drawCustomers, type CustomerColumns } from './customers.ts';
import { drawTitles, type TitleColumns } from './titles.ts';

export interface Sizes {
  readonly customers: number;
  readonly titles: number;
  readonly campaigns: number;
}

/** Everybody who watches and everything that is watched. Its seed and sizes decide every event but the time of day. */
export interface Universe {
  readonly seed: number;
  readonly sizes: Sizes;
  readonly customers: CustomerColumns;
  readonly titles: TitleColumns;
}

/** The sizes of the reference data set. */
const usualSizes: Sizes = { customers: 10_000, titles: 1_000, campaigns: 50 };

/** As many as the digits of an id can number. */
const mostOf: Sizes = { customers: 999_999, titles: 9_999, campaigns: 999 };

/**
 * The universe of a seed. The same seed and sizes give the same universe on every machine.
 *
 * @param seed a whole number from 0 to 4,294,967,295
 * @param sizes at least 1 each; at most 999,999 customers, 9,999 titles, 999 campaigns (the digits of their ids)
 * @throws RangeError when the seed or a size is out of its range
 */
export const openUniverse = (seed: number, sizes: Partial<Sizes> = {}): Universe => {
  if (seed >>> 0 !== seed) throw new RangeError('the seed must be a whole number from 0 to 4294967295');
  const full = { ...usualSizes, ...sizes };
  for (const name of ['customers', 'titles', 'campaigns'] as const) {
    if (!Number.isInteger(full[name]) || full[name] < 1 || full[name] > mostOf[name]) {
      throw new RangeError(`a universe has 1 to ${mostOf[name]} ${name}`);
    }
  }
  return {
    seed,
    sizes: full,
    customers: drawCustomers(seed, full.customers),
    titles: drawTitles(seed, full.titles),
  };
};
