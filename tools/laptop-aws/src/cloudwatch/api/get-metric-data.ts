import * as z from 'zod';
import { AwsError } from '../../aws/aws-error.ts';
import { MetricMathError } from '../math/expression.ts';
import { evaluateQueries, MetricQuery } from '../math/queries.ts';
import { spanOf } from '../math/points.ts';
import type { Metrics } from '../store/metrics.ts';
import { failure } from './failure.ts';
import { Timestamp } from './timestamp.ts';

export const DataInput = z.object({
  MetricDataQueries: z.array(MetricQuery).min(1).max(500),
  StartTime: Timestamp,
  EndTime: Timestamp,
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
  MaxDatapoints: z.coerce.number().int().optional(),
  NextToken: z.string().optional(),
  LabelOptions: z.unknown().optional(),
});

/** GetMetricData, metric math as far as it is here; periods begin at whole multiples of their length. */
export const getMetricData = (
  metrics: Metrics,
  { MetricDataQueries: queries, StartTime, EndTime, ScanBy }: z.output<typeof DataInput>,
): object => {
  if (StartTime >= EndTime) {
    const problem =
      StartTime === EndTime ? 'must not equal parameter EndTime' : 'must be less than the parameter EndTime';
    throw new AwsError('ValidationError', `The parameter StartTime ${problem}.`);
  }
  const periods = new Set(queries.flatMap((query) => query.MetricStat?.Period ?? query.Period ?? []));
  const results = new Map<string, object>();
  for (const period of periods.size > 0 ? periods : [60]) {
    const periodMs = period * 1000;
    const span = spanOf(StartTime - (StartTime % periodMs), EndTime, periodMs);
    const values = mathChecked(() => evaluateQueries(metrics, queries, span));
    for (const query of queries) {
      const own = query.MetricStat?.Period ?? query.Period ?? Math.max(...periods, 60);
      if (!query.ReturnData || own !== period) continue;
      const points = [...(values.get(query.Id) ?? [])].sort(([a], [b]) =>
        ScanBy === 'TimestampAscending' ? a - b : b - a,
      );
      results.set(query.Id, {
        Id: query.Id,
        Label: query.Label ?? query.MetricStat?.Metric.MetricName ?? query.Id,
        Timestamps: points.map(([time]) => new Date(time)),
        Values: points.map(([, value]) => value),
        StatusCode: 'Complete',
      });
    }
  }
  return { MetricDataResults: queries.flatMap(({ Id }) => results.get(Id) ?? []), Messages: [] };
};

const mathChecked = <Result>(run: () => Result): Result => {
  try {
    return run();
  } catch (error) {
    if (error instanceof MetricMathError) throw failure('InvalidParameterValueException', `${error.message}.`);
    throw error;
  }
};
