/** Distinct values that one distribution keeps; more are rounded. */
const mostDistinct = 128;

/** Rounding begins with steps of 1 %, as wide as still serves a percentile. */
const firstStep = 1.01;

/**
 * How often which value was measured. Up to 128 distinct values it is exact. When there are more, all are rounded to
 * powers of a step of 1 %, then of its square and so on until they are 128 again: CloudWatch's own agent keeps its
 * values in such exponential buckets (of 10 %).
 */
export class Distribution {
  #counts = new Map<number, number>();
  #logStep = 0;

  add(value: number, times = 1): void {
    const key = this.#rounded(value);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
    if (this.#counts.size > mostDistinct) this.#coarsen();
  }

  merge(other: Distribution): void {
    for (const [value, times] of other.#counts) this.add(value, times);
  }

  /** The least value that so much of all is not above. @param share from 0 to 1 */
  quantile(share: number): number | undefined {
    const values = [...this.#counts].sort(([a], [b]) => a - b);
    const rank = share * values.reduce((sum, [, times]) => sum + times, 0);
    let seen = 0;
    for (const [value, times] of values) {
      seen += times;
      if (seen >= rank) return value;
    }
    return undefined;
  }

  #rounded(value: number): number {
    if (this.#logStep === 0 || value === 0) return value;
    const power = Math.round(Math.log(Math.abs(value)) / this.#logStep);
    return Math.sign(value) * Math.exp(power * this.#logStep);
  }

  #coarsen(): void {
    while (this.#counts.size > mostDistinct) {
      this.#logStep = this.#logStep === 0 ? Math.log(firstStep) : this.#logStep * 2;
      const before = this.#counts;
      this.#counts = new Map();
      for (const [value, times] of before) {
        const key = this.#rounded(value);
        this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
      }
    }
  }
}
