import { named, type ServiceFunction, type Settings } from '@acme/cdk-kit';
import { clickstreamDeviceTypes, clickstreamEventTypes } from '@acme/telemetry-schema';
import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { incoming, ownMetric, throttled } from './alarms.ts';
import { byEventType, type Tables } from './tables.ts';

/** The CloudWatch dashboard: what users do, then how the pipeline does. */
export const charts = (process: ServiceFunction, settings: Settings, tables: Tables): Dashboard => {
  const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
    new GraphWidget({ title, left, right, width: 8, height: 6 });
  /** Currencies come as they are used. */
  const revenue = new MathExpression({
    label: '',
    expression: `SEARCH('{RealTimeAnalytics,Currency} MetricName="PurchaseAmount"', 'Sum', 300)`,
    period: Duration.minutes(5),
  });
  const byType = clickstreamEventTypes.map((EventType) => ownMetric('EventsProcessed', 'Sum', { EventType }));
  const byDevice = clickstreamDeviceTypes.map((DeviceType) => ownMetric('PageLoadTime', 'p90', { DeviceType }));
  const dashboard = new Dashboard(process.stack, 'Charts', {
    dashboardName: named(settings, 'acme-real-time-analytics'),
    defaultInterval: Duration.hours(3),
  });
  dashboard.addWidgets(
    graph('Events by type', byType),
    graph('Revenue by currency', [revenue]),
    graph('Page load time by device, p90 (ms)', byDevice),
  );
  dashboard.addWidgets(
    graph('Records coming in', [incoming(settings)]),
    graph('Batches: events, refused, duplicates', [
      ownMetric('Batch/Size', 'Sum'),
      ownMetric('Batch/Refused', 'Sum'),
      ownMetric('Batch/Duplicates', 'Sum'),
    ]),
    graph('Age and duration of batches (ms)', [ownMetric('Batch/Age', 'Maximum'), ownMetric('Batch/Duration', 'p90')]),
  );
  dashboard.addWidgets(
    graph(
      'Function: errors, throttles',
      [process.metricErrors(), process.metricThrottles()],
      [process.metricInvocations()],
    ),
    graph('Transactions, and those that others were in the way of', [
      ownMetric('Batch/Transactions', 'Sum'),
      ownMetric('Batch/Conflicts', 'Sum'),
    ]),
    graph('DynamoDB throttles', [throttled(tables.results, byEventType), throttled(tables.aggregates)]),
  );
  return dashboard;
};
