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
  /** Undefined as soon as values came as sums: then nobody knows percentiles. */
  #distribution: Distribution | undefined = new Distribution();

  add(value: number, times = 1): void {
    this.count += times;
    this.sum += value * times;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.#distribution?.add(value, times);
  }

  addSet({ sampleCount, sum, minimum, maximum }: StatisticSet): void {
    if (minimum === maximum) return this.add(minimum, sampleCount);
    this.count += sampleCount;
    this.sum += sum;
    this.min = Math.min(this.min, minimum);
    this.max = Math.max(this.max, maximum);
    this.#distribution = undefined;
  }

  merge(other: Summary): void {
    this.count += other.count;
    this.sum += other.sum;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    if (other.#distribution) this.#distribution?.merge(other.#distribution);
    else this.#distribution = undefined;
  }

  /** @returns undefined when values came as sums, or some are negative: CloudWatch has none then either */
  quantile(share: number): number | undefined {
    if (this.min < 0) return undefined;
    const value = this.#distribution?.quantile(share);
    return value === undefined ? undefined : Math.min(this.max, Math.max(this.min, value));
  }
}
