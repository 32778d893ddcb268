import { notify, type ServiceFunction, type Settings, topicOf } from '@acme/cdk-kit';
import type { Family } from '@acme/telemetry-schema';
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { capitalised } from './lookup-tables.ts';

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

/** Reads that DynamoDB held back, by lookup table. */
export const throttled = (tables: ReadonlyMap<string, TableV2>): ReadonlyMap<string, Metric> =>
  new Map(
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
  );

/** Requests below `enriched-data/` that went wrong; the bucket switches these metrics on, under that name. */
export const wrongRequests = ({ bucketName }: IBucket): Readonly<Record<'refused' | 'failed', Metric>> => {
  const errors = (metricName: string): Metric =>
    new Metric({
      namespace: 'AWS/S3',
      metricName,
      dimensionsMap: { BucketName: bucketName, FilterId: 'enriched-data' },
      statistic: 'Sum',
      period,
    });
  return { refused: errors('4xxErrors'), failed: errors('5xxErrors') };
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
  // An alarm a metric: it costs what one of their sum does, and names the table.
  for (const [name, metric] of throttled(tables))
    heldBack(`${capitalised(name)}LookupsThrottled`, {
      alarmDescription:
        `DynamoDB holds lookups of ${name} back: enriched events are late, nothing is lost. One key is asked for over ` +
        '3,000 times a second, or the table has not scaled up yet.',
      metric,
      evaluationPeriods: 3,
    });
  const { refused, failed } = wrongRequests(bucket);
  heldBack('PutsRefused', {
    alarmDescription:
      'S3 refuses to take enriched events: they are late, and wait on the stream. Look at the function’s log for what S3 ' +
      'says: most often a permission.',
    metric: refused,
    evaluationPeriods: 2,
  });
  heldBack('PutsFailed', {
    alarmDescription:
      'S3 fails to take enriched events: they are late, and are tried again. It is S3’s own trouble; nothing is lost while ' +
      'the stream keeps them.',
    metric: failed,
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
