const firstMs = 500;
const mostMs = 15_000;

/**
 * How long to wait before the next try: twice as long each time up to 15 s, of that a random half to whole, so that
 * pages which lost the same server do not all come back at once.
 *
 * @param failures tries that failed in a row, from 1
 */
export const waitMs = (failures: number, random: () => number = Math.random): number => {
  const most = Math.min(mostMs, firstMs * 2 ** (failures - 1));
  return Math.round(most / 2 + (most / 2) * random());
};
