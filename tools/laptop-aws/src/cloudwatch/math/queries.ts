import * as z from 'zod';
import type { Metrics } from '../store/metrics.ts';
import { percentile, type Statistic, statisticOf, statistics } from '../store/statistic.ts';
import { MetricMathError, readExpression } from './expression.ts';
import type { Points, Span } from './points.ts';

export const Name = z.string().min(1).max(1024);
export const Dimensions = z
  .array(z.strictObject({ Name, Value: Name }))
  .max(30)
  .default([]);
export const Stat = z.string().refine((text) => statistics.includes(text as Statistic) || percentile.test(text), {
  error: `has to be one of ${statistics.join(', ')}, or p0 to p100: trimmed means and the like are not on the laptop`,
});

/** 1, 5, 10, 20, 30 or a multiple of 60 seconds; more than a day's is not kept here, but may be asked for. */
export const Period = z.coerce
  .number()
  .int()
  .refine((seconds) => seconds > 0 && (seconds % 60 === 0 || [1, 5, 10, 20, 30].includes(seconds)), {
    error: 'has to be 1, 5, 10, 20, 30, or a multiple of 60',
  });

const MetricStat = z.strictObject({
  Metric: z.strictObject({ Namespace: Name, MetricName: Name, Dimensions }),
  Period,
  Stat,
  Unit: z.string().optional(),
});
export type MetricStat = z.infer<typeof MetricStat>;

/** MetricDataQuery, as GetMetricData and alarms have it. */
export const MetricQuery = z.strictObject({
  Id: z.string().regex(/^[a-z][a-zA-Z0-9_]{0,254}$/),
  MetricStat: MetricStat.optional(),
  Expression: z.string().min(1).max(2048).optional(),
  Label: z.string().optional(),
  ReturnData: z.stringbool().or(z.boolean()).default(true),
  Period: Period.optional(),
  AccountId: z.string().optional(),
});
export type MetricQuery = z.infer<typeof MetricQuery>;

/** The values of one statistic of a metric. Without a unit asked for, whatever unit it has. */
export const pointsOf = (metrics: Metrics, { Metric, Stat: stat, Unit: unit }: MetricStat, span: Span): Points => {
  const series = metrics.find({ namespace: Metric.Namespace, name: Metric.MetricName, dimensions: Metric.Dimensions });
  const points = new Map<number, number>();
  if (!series || (unit !== undefined && unit !== series.unit)) return points;
  for (const time of span.times) {
    const summary = series.over(time, Math.min(time + span.periodMs, span.toMs));
    const value = summary && statisticOf(summary, stat);
    if (value !== undefined) points.set(time, value);
  }
  return points;
};

/**
 * The values of queries, expressions among them, by id. Nothing is filled in for periods before the laptop measured.
 *
 * @throws MetricMathError for an expression that is not evaluated here
 */
export const evaluateQueries = (
  metrics: Metrics,
  queries: readonly MetricQuery[],
  span: Span,
): ReadonlyMap<string, Points> => {
  const values = new Map<string, Points>();
  const times = span.times.filter((time) => time >= metrics.sinceMs);
  const evaluating = new Set<string>();
  const value = (id: string): Points | undefined => {
    const query = queries.find(({ Id }) => Id === id);
    if (!query) return undefined;
    if (!values.has(id)) {
      if (evaluating.has(id)) throw new MetricMathError('expressions name each other in a ring');
      evaluating.add(id);
      const points = query.MetricStat
        ? pointsOf(metrics, query.MetricStat, span)
        : readExpression(query.Expression ?? '')({ value, times });
      values.set(id, points);
    }
    return values.get(id);
  };
  for (const { Id } of queries) value(Id);
  return values;
};
