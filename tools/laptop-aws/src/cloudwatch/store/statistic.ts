import type { Summary } from './summary.ts';

/** The statistics that have names (API reference, GetMetricStatistics). */
export const statistics = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;
export type Statistic = (typeof statistics)[number];

/** p0 to p100, with up to ten decimals. */
export const percentile = /^p(100|\d{1,2}(\.\d{1,10})?)$/;

/** A number out of a summary; undefined when it has none of that. */
export const statisticOf = (summary: Summary, statistic: string): number | undefined => {
  switch (statistic as Statistic) {
    case 'SampleCount':
      return summary.count;
    case 'Average':
      return summary.sum / summary.count;
    case 'Sum':
      return summary.sum;
    case 'Minimum':
      return summary.min;
    case 'Maximum':
      return summary.max;
    default:
      return summary.quantile(Number(statistic.slice(1)) / 100);
  }
};
