import type { Random } from './random.ts';

/** Picks indexes in proportion to whole-number weights, whose sum is at most 2^32. */
export class Weighted {
  readonly #upTo: Float64Array;
  readonly #total: number;

  constructor(weights: readonly number[]) {
    let total = 0;
    this.#upTo = Float64Array.from(weights, (weight) => (total += weight));
    this.#total = total;
  }

  pick(random: Random): number {
    const target = random.below(this.#total);
    let low = 0;
    let high = this.#upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#upTo[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/**
 * Zipf weights with exponent 1: rank r (from 1) weighs 1/r, as whole numbers.
 * With 1,000 ranks the first 100 hold 69 % of the weight.
 */
export const zipfWeights = (ranks: number): number[] =>
  Array.from({ length: ranks }, (_, index) => Math.floor(2 ** 24 / (index + 1)));
