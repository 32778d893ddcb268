import { Distribution } from './distribution.ts';

/** Values that somebody else has added up already (PutMetricData's StatisticSet). */
export interface StatisticSet {
  readonly sampleCount: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** What is kept of the values of a metric in some time. */
export class Summary {
  count = 0;
  sum = 0;
  min = Infinity;
  max = -Infinity;
  /** Undefined while all values are the same, as they mostly are of what is counted. */
  #distribution: Distribution | undefined;
  /** Values came as sums: nobody knows percentiles. */
  #isBlurred = false;

  add(value: number, times = 1): void {
    this.#note(value, times);
    this.#total(value, value, value * times, times);
  }

  addSet({ sampleCount, sum, minimum, maximum }: StatisticSet): void {
    if (minimum === maximum) return this.add(minimum, sampleCount);
    this.#blur();
    this.#total(minimum, maximum, sum, sampleCount);
  }

  merge(other: Summary): void {
    if (other.#isBlurred) this.#blur();
    else if (other.#distribution && !this.#isBlurred) this.#spread().merge(other.#distribution);
    else if (other.count > 0) this.#note(other.min, other.count);
    this.#total(other.min, other.max, other.sum, other.count);
  }

  /** Makes it smaller when no more values are expected; they may come all the same. */
  settle(): void {
    this.#distribution?.settle();
  }

  /** @returns undefined when values came as sums, or some are negative: CloudWatch has none then either */
  quantile(share: number): number | undefined {
    if (this.min < 0 || this.#isBlurred) return undefined;
    if (!this.#distribution) return this.count > 0 ? this.min : undefined;
    const value = this.#distribution.quantile(share);
    return value === undefined ? undefined : Math.min(this.max, Math.max(this.min, value));
  }

  #note(value: number, times: number): void {
    const isNew = this.count > 0 && value !== this.min;
    if (!this.#isBlurred && (this.#distribution || isNew)) this.#spread().add(value, times);
  }

  /** Its distribution, which until now was one value. */
  #spread(): Distribution {
    if (this.#distribution) return this.#distribution;
    this.#distribution = new Distribution();
    if (this.count > 0) this.#distribution.add(this.min, this.count);
    return this.#distribution;
  }

  #blur(): void {
    this.#isBlurred = true;
    this.#distribution = undefined;
  }

  #total(min: number, max: number, sum: number, times: number): void {
    this.count += times;
    this.sum += sum;
    if (min < this.min) this.min = min;
    if (max > this.max) this.max = max;
  }
}
