import { notify, type ServiceFunction, type Settings, topicOf } from '@acme/cdk-kit';
import type { Family } from '@acme/telemetry-schema';
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

const period = Duration.minutes(5);

/** Custom metrics of the function, by name. */
export const ownMetric = (metricName: string, statistic: string, dimensionsMap?: Record<string, string>): Metric =>
  new Metric({
    namespace: 'StreamingEnrichment',
    metricName,
    statistic,
    period,
    ...(dimensionsMap ? { dimensionsMap } : {}),
  });

/** What comes in of a family of events. */
export interface Incoming {
  readonly family: Family;
  readonly records: IMetric;
}

/** What a pipeline is made of, as far as it is watched. */
export interface Watched {
  readonly tables: ReadonlyMap<string, TableV2>;
  readonly bucket: IBucket;
  readonly incoming: readonly Incoming[];
}

/** Records that are put on a stream. */
export const incomingRecords = (StreamName: string): Metric =>
  new Metric({
    namespace: 'AWS/Kinesis',
    metricName: 'IncomingRecords',
    dimensionsMap: { StreamName },
    statistic: 'Sum',
    period,
  });

/** What comes in, as the transport counts it; on Kafka as the function does, because topics are counted per broker. */
export const incomingOf = (settings: Settings): Incoming[] =>
  (
    [
      ['viewing', 'telemetry'],
      ['clickstream', 'clickstream'],
    ] as const
  ).map(([family, stream]) => ({
    family,
    records:
      settings.transport === 'kafka'
        ? ownMetric('EventsEnriched', 'Sum', { Family: family })
        : incomingRecords(topicOf(settings, stream)),
  }));

/** Reads of all lookup tables that DynamoDB held back. */
export const throttled = (tables: ReadonlyMap<string, TableV2>): MathExpression =>
  new MathExpression({
    label: 'Lookups held back',
    expression: Array.from(tables.keys(), (name) => `FILL(${name}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(
      Array.from(tables, ([name, { tableName }]) => [
        name,
        new Metric({
          namespace: 'AWS/DynamoDB',
          metricName: 'ReadThrottleEvents',
          dimensionsMap: { TableName: tableName },
          statistic: 'Sum',
          period,
        }),
      ]),
    ),
    period,
  });

/** Requests below `enriched-data/` that S3 refused; the lake switches these metrics on, under that name. */
export const refusedPuts = ({ bucketName }: IBucket): MathExpression => {
  const errors = (metricName: string): Metric =>
    new Metric({
      namespace: 'AWS/S3',
      metricName,
      dimensionsMap: { BucketName: bucketName, FilterId: 'enriched-data' },
      statistic: 'Sum',
      period,
    });
  return new MathExpression({
    label: 'Refused by S3',
    expression: 'FILL(refused, 0) + FILL(failed, 0)',
    usingMetrics: { refused: errors('4xxErrors'), failed: errors('5xxErrors') },
    period,
  });
};

/** Who is hurt when enrichment is held back or has nothing to do; that it fails, the function itself says. */
export const alarms = (enrich: ServiceFunction, settings: Settings, { tables, bucket, incoming }: Watched): void => {
  const alarm = (id: string, props: AlarmProps): void => notify(new Alarm(enrich.stack, id, props), settings);
  const heldBack = (id: string, props: Pick<AlarmProps, 'alarmDescription' | 'metric' | 'evaluationPeriods'>): void =>
    alarm(id, {
      ...props,
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING, // no calls: nothing was held back
    });
  heldBack('LookupsThrottled', {
    alarmDescription:
      'DynamoDB holds lookups back: enriched events are late, nothing is lost. One key is asked for over 3,000 times a ' +
      'second, or a table has not scaled up yet.',
    metric: throttled(tables),
    evaluationPeriods: 3,
  });
  heldBack('PutsRefused', {
    alarmDescription:
      'S3 refuses to take or give enriched events: they are late, and wait on the stream. Look at the function’s log ' +
      'for what S3 says: a permission, or its own trouble.',
    metric: refusedPuts(bucket),
    evaluationPeriods: 2,
  });
  for (const { family, records } of incoming)
    alarm(family === 'viewing' ? 'NoViewingEvents' : 'NoClickstream', {
      alarmDescription:
        `No ${family} event has come in for a quarter of an hour: enriched data stands still, and whoever sends events ` +
        'may be losing them.',
      metric: records,
      threshold: 1,
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING, // a stream that nobody writes to reports nothing
    });
};
