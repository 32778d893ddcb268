import * as z from 'zod';
import { spanOf } from '../math/points.ts';
import { Dimensions, Name, Period } from '../math/queries.ts';
import { percentile, statisticOf, statistics } from '../store/statistic.ts';
import { minuteMs } from '../store/series.ts';
import type { Metrics } from '../store/metrics.ts';
import { failure } from './failure.ts';
import { Timestamp } from './timestamp.ts';

/** What one call may return (API reference, GetMetricStatistics). */
const mostDatapoints = 1440;

export const StatisticsInput = z.object({
  Namespace: Name,
  MetricName: Name,
  Dimensions,
  StartTime: Timestamp,
  EndTime: Timestamp,
  Period,
  Statistics: z.array(z.enum(statistics)).min(1).max(5).optional(),
  ExtendedStatistics: z
    .array(z.string().regex(percentile, 'only percentiles, p0 to p100, are on the laptop'))
    .min(1)
    .max(10)
    .optional(),
  Unit: z.string().optional(),
});

/** GetMetricStatistics: periods begin at the start time, which is rounded down to its minute; oldest first. */
export const getMetricStatistics = (metrics: Metrics, input: z.output<typeof StatisticsInput>): object => {
  const { Namespace, MetricName, Dimensions: dimensions, Statistics = [], ExtendedStatistics = [], Unit } = input;
  refuseBadCombinations(input);
  const periodMs = input.Period * 1000;
  const span = spanOf(input.StartTime - (input.StartTime % Math.min(periodMs, minuteMs)), input.EndTime, periodMs);
  const series = metrics.find({ namespace: Namespace, name: MetricName, dimensions });
  const isAsked = series && (Unit === undefined || Unit === series.unit);
  const datapoints = isAsked
    ? span.times.flatMap((time) => {
        const summary = series.over(time, Math.min(time + periodMs, span.toMs));
        if (!summary) return [];
        const named = Statistics.map((statistic) => [statistic, statisticOf(summary, statistic)]);
        const extended = ExtendedStatistics.flatMap((statistic) => {
          const value = statisticOf(summary, statistic);
          return value === undefined ? [] : [[statistic, value]];
        });
        return [
          {
            Timestamp: new Date(time),
            ...Object.fromEntries(named),
            Unit: series.unit,
            ...(extended.length > 0 ? { ExtendedStatistics: Object.fromEntries(extended) } : {}),
          },
        ];
      })
    : [];
  return { Label: MetricName, Datapoints: datapoints };
};

const refuseBadCombinations = ({
  StartTime,
  EndTime,
  Period: period,
  Statistics,
  ExtendedStatistics,
}: z.output<typeof StatisticsInput>): void => {
  if (StartTime === EndTime)
    throw failure('InvalidParameterValueException', 'The parameter StartTime must not equal parameter EndTime.');
  if (StartTime > EndTime)
    throw failure('InvalidParameterValueException', 'The parameter StartTime must be less than the parameter EndTime.');
  if (!Statistics && !ExtendedStatistics)
    throw failure(
      'InvalidParameterCombinationException',
      'One of the parameters Statistics and ExtendedStatistics is required.',
    );
  const asked = Math.ceil((EndTime - StartTime) / (period * 1000));
  if (asked > mostDatapoints)
    throw failure(
      'InvalidParameterCombinationException',
      `You have requested up to ${asked.toLocaleString('en-US')} datapoints, which exceeds the limit of 1,440. ` +
        'You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    );
};
