import * as z from 'zod';
import { page } from '../../aws/page.ts';
import { Name } from '../math/queries.ts';
import type { Metrics } from '../store/metrics.ts';

export const ListInput = z.object({
  Namespace: Name.optional(),
  MetricName: Name.optional(),
  Dimensions: z
    .array(z.object({ Name, Value: Name.optional() }))
    .max(30)
    .default([]),
  RecentlyActive: z.literal('PT3H').optional(),
  NextToken: z.string().optional(),
});

/** What one page holds (API reference, ListMetrics). */
const pageSize = 500;
const recentMs = 3 * 60 * 60 * 1000;

/** ListMetrics: those that have the dimensions asked for, and perhaps more. */
export const listMetrics = (metrics: Metrics, now: () => number, input: z.output<typeof ListInput>): object => {
  const { Namespace, MetricName, Dimensions, RecentlyActive, NextToken } = input;
  const found = metrics
    .list()
    .filter(
      ({ metric, newestMs }) =>
        (Namespace === undefined || metric.namespace === Namespace) &&
        (MetricName === undefined || metric.name === MetricName) &&
        Dimensions.every(({ Name: name, Value }) =>
          metric.dimensions.some((own) => own.Name === name && (Value === undefined || own.Value === Value)),
        ) &&
        (RecentlyActive === undefined || newestMs >= now() - recentMs),
    )
    .map(({ metric: { namespace, name, dimensions } }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: dimensions,
    }));
  return page('Metrics', found, pageSize, NextToken);
};
