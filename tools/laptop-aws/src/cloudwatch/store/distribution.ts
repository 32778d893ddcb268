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
  #counts: Map<number, number> | undefined = new Map();
  /** In place of the map, when settled: values in their order, and how often each was measured. */
  #values = new Float64Array();
  #times = new Float64Array();
  #logStep = 0;

  add(value: number, times = 1): void {
    this.#counts ??= new Map(this.#entries());
    const key = this.#rounded(value);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
    if (this.#counts.size > mostDistinct) this.#counts = this.#coarsened(this.#counts);
  }

  merge(other: Distribution): void {
    for (const [value, times] of other.#entries()) this.add(value, times);
  }

  /** Packs it, a third of the size, until the next `add`. */
  settle(): void {
    if (!this.#counts) return;
    const entries = this.#entries();
    this.#values = Float64Array.from(entries, ([value]) => value);
    this.#times = Float64Array.from(entries, ([, times]) => times);
    this.#counts = undefined;
  }

  /** The least value that so much of all is not above. @param share from 0 to 1 */
  quantile(share: number): number | undefined {
    const entries = this.#entries();
    const rank = share * entries.reduce((sum, [, times]) => sum + times, 0);
    let seen = 0;
    for (const [value, times] of entries) {
      seen += times;
      if (seen >= rank) return value;
    }
    return undefined;
  }

  /** By value. */
  #entries(): [value: number, times: number][] {
    if (this.#counts) return [...this.#counts].sort(([a], [b]) => a - b);
    return Array.from(this.#values, (value, index) => [value, this.#times[index] ?? 0]);
  }

  #rounded(value: number): number {
    if (this.#logStep === 0 || value === 0) return value;
    const power = Math.round(Math.log(Math.abs(value)) / this.#logStep);
    return Math.sign(value) * Math.exp(power * this.#logStep);
  }

  #coarsened(counts: Map<number, number>): Map<number, number> {
    this.#logStep = this.#logStep === 0 ? Math.log(firstStep) : this.#logStep * 2;
    const coarser = new Map<number, number>();
    for (const [value, times] of counts) {
      const key = this.#rounded(value);
      coarser.set(key, (coarser.get(key) ?? 0) + times);
    }
    return coarser.size > mostDistinct ? this.#coarsened(coarser) : coarser;
  }
}
