import type { ServiceFunction } from '@acme/cdk-kit';
import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { ownMetric, throttled, type Watched, wrongRequests } from './alarms.ts';

/** The CloudWatch dashboard: what is enriched with what, then how the pipeline does. */
export const charts = (
  enrich: ServiceFunction,
  dashboardName: string,
  { tables, bucket, incoming }: Watched,
): Dashboard => {
  const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
    new GraphWidget({ title, left, right, width: 8, height: 6 });
  const byDimension = (metric: string, statistic: string): IMetric[] =>
    Array.from(tables.keys(), (Dimension) => ownMetric(metric, statistic, { Dimension }));
  const dashboard = new Dashboard(enrich.stack, 'Charts', {
    dashboardName,
    defaultInterval: Duration.hours(3),
  });
  dashboard.addWidgets(
    graph(
      'Events enriched',
      incoming.map(({ family }) => ownMetric('EventsEnriched', 'Sum', { Family: family })),
    ),
    graph('Lookups that hit', byDimension('Hits', 'Sum')),
    graph('Lookups that missed, or found what was out of date', byDimension('Misses', 'Sum'), [
      ownMetric('Stale', 'Sum'),
    ]),
  );
  dashboard.addWidgets(
    graph('Keys that the cache answered (%)', byDimension('CacheHitRate', 'Average')),
    graph(
      'Records coming in',
      incoming.map(({ records }) => records),
    ),
    graph('Age and duration of batches (ms)', [ownMetric('Batch/Age', 'Maximum'), ownMetric('Batch/Duration', 'p90')]),
  );
  dashboard.addWidgets(
    graph(
      'Function: errors, throttles',
      [enrich.metricErrors(), enrich.metricThrottles()],
      [enrich.metricInvocations()],
    ),
    graph('DynamoDB: calls, and lookups held back', [ownMetric('Batch/Calls', 'Sum')], [...throttled(tables).values()]),
    graph(
      'S3: objects, and what it refused',
      [ownMetric('Batch/Objects', 'Sum')],
      Object.values(wrongRequests(bucket)),
    ),
  );
  return dashboard;
};
