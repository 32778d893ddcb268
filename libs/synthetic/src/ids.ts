/** Foreign keys of the tables, by position from 0: `cus-000001`, `ttl-0001`, `cmp-001`. */
export const customerId = (index: number): string => `cus-${String(index + 1).padStart(6, '0')}`;
export const titleId = (index: number): string => `ttl-${String(index + 1).padStart(4, '0')}`;
export const campaignId = (index: number): string => `cmp-${String(index + 1).padStart(3, '0')}`;

const base36 = (value: number, digits: number): string => value.toString(36).padStart(digits, '0');
const lastTwoDigits = Array.from({ length: 36 * 36 }, (_, value) => base36(value, 2));

/** Events and sessions of viewing, events and visits of the clickstream: no id of one is one of another. */
export type IdPrefix = 'ev' | 'ss' | 'ec' | 'vs';

/**
 * Numbered ids of one seed, e.g. `ev-0000002a-000000000rs`: the seed in 8 hexadecimal digits, the number in 11 digits of
 * base 36. Fixed width, so their order as text is their order as numbers; unique across numbers and seeds.
 *
 * Neighbouring numbers share all digits but two, so a run of them costs two short strings each.
 */
export const numberedIds = (prefix: IdPrefix, seed: number): ((number: number) => string) => {
  const start = `${prefix}-${seed.toString(16).padStart(8, '0')}-`;
  let high = -1;
  let leading = '';
  return (number) => {
    const rest = Math.floor(number / 1296);
    if (rest !== high) {
      high = rest;
      leading = start + base36(rest, 9);
    }
    return leading + lastTwoDigits[number - rest * 1296]!;
  };
};

/** The id of event `number` of a seed; ids of one seed are in the order of their numbers. */
export const eventId = (seed: number, number: number): string => numberedIds('ev', seed)(number);

/** The same of a clickstream event. */
export const clickstreamEventId = (seed: number, number: number): string => numberedIds('ec', seed)(number);
