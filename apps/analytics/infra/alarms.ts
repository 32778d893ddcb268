import { notify, type ServiceFunction, type Settings, topicOf } from '@acme/cdk-kit';
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { byEventType, type Tables } from './tables.ts';

const period = Duration.minutes(5);

/** Custom metrics of the function, by name; without dimensions. */
export const ownMetric = (metricName: string, statistic: string, dimensionsMap?: Record<string, string>): Metric =>
  new Metric({
    namespace: 'RealTimeAnalytics',
    metricName,
    statistic,
    period,
    ...(dimensionsMap ? { dimensionsMap } : {}),
  });

/** What comes in, as the transport counts it; on Kafka as the function does, because topics are counted per broker. */
export const incoming = (settings: Settings): Metric =>
  settings.transport === 'kafka'
    ? ownMetric('Batch/Size', 'Sum')
    : new Metric({
        namespace: 'AWS/Kinesis',
        metricName: 'IncomingRecords',
        dimensionsMap: { StreamName: topicOf(settings, 'clickstream') },
        statistic: 'Sum',
        period,
      });

/** Writes that DynamoDB held back, at a table and at its index. */
export const throttled = ({ tableName, node: { id: name } }: TableV2, index?: string): MathExpression => {
  const id = name.toLowerCase();
  const of = (metricName: string, dimensions: Record<string, string>) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: tableName, ...dimensions },
      statistic: 'Sum',
      period,
    });
  return new MathExpression({
    label: index ? `${tableName} and its index` : tableName,
    expression: index ? `FILL(${id}Calls, 0) + FILL(${id}Index, 0)` : `FILL(${id}Calls, 0)`,
    usingMetrics: {
      [`${id}Calls`]: of('ThrottledRequests', { Operation: 'TransactWriteItems' }),
      ...(index ? { [`${id}Index`]: of('WriteThrottleEvents', { GlobalSecondaryIndexName: index }) } : {}),
    },
    period,
  });
};

/** Who is hurt when analytics is slow, held back, or has nothing to do; that it fails, the function itself says. */
export const alarms = (process: ServiceFunction, settings: Settings, tables: Tables, timeout: Duration): void => {
  const alarm = (id: string, props: Omit<AlarmProps, 'evaluationPeriods'> & { evaluationPeriods?: number }): void =>
    notify(new Alarm(process.stack, id, { evaluationPeriods: 1, ...props }), settings);
  alarm('NearTimeOut', {
    alarmDescription:
      'A batch took over 80 % of the time-out: the next may be cut off and come again, and results are late. ' +
      'Lower lambdaBatchSize, raise lambdaMemorySize, or look at DynamoDB throttles.',
    metric: process.metricDuration({ period, statistic: 'Maximum' }),
    threshold: timeout.toMilliseconds() * 0.8,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING, // no invocations: nothing was slow
  });
  const heldBack = (id: string, metric: MathExpression): void =>
    alarm(id, {
      alarmDescription:
        'DynamoDB holds writes back: results and aggregates are late, nothing is lost. ' +
        'One event type takes over 1,000 writes a second of the index, or the table has not scaled up yet.',
      metric,
      threshold: 1,
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING, // no writes: nothing was held back
    });
  heldBack('ResultsThrottled', throttled(tables.results, byEventType));
  heldBack('AggregatesThrottled', throttled(tables.aggregates));
  alarm('NothingComesIn', {
    alarmDescription:
      'No clickstream event has come in for a quarter of an hour: dashboards stand still, and whoever sends events ' +
      'may be losing them.',
    metric: incoming(settings),
    threshold: 1,
    evaluationPeriods: 3,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING, // a stream that nobody writes to reports nothing
  });
};
