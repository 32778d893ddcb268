import { explain, explainWildcard, named, notify, removalPolicy, type Settings } from '@acme/cdk-kit';
import { hourFolderOf, roots } from '@acme/lake-layout';
import { Duration, Size } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Compression,
  DeliveryStream,
  EnableLogging,
  S3Bucket,
  StreamEncryption,
} from 'aws-cdk-lib/aws-kinesisfirehose';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** By arrival, on Firehose's own clock, UTC: the hour is that of an object's oldest record. */
const byHour = (prefix: string): string => {
  const [year, month, day, hour] = ['yyyy', 'MM', 'dd', 'HH'].map((part) => `!{timestamp:${part}}`) as [
    string,
    string,
    string,
    string,
  ];
  return `${prefix}${hourFolderOf({ year, month, day, hour })}`;
};

/** Which raw events are delivered, and where to. */
export interface Delivered {
  /** Stands before the names of its constructs. */
  readonly id: '' | 'Clickstream';
  readonly name: string;
  /** Below it lie the events by the hour, with a slash at the end. */
  readonly prefix: string;
  /** How people call the events. */
  readonly events: string;
}

/** The delivery stream that writes raw events into the lake, its log group, and the alarm on how fresh the lake is. */
export const delivery = (
  scope: Construct,
  settings: Settings,
  lake: Bucket,
  { id, name, prefix, events }: Delivered,
): DeliveryStream => {
  const deliveryStreamName = named(settings, name);
  const logGroup = new LogGroup(scope, `${id}DeliveryLogs`, {
    logGroupName: `/aws/firehose/${deliveryStreamName}`,
    retention: settings.logRetentionDays,
    removalPolicy: removalPolicy(settings),
  });
  const role = new Role(scope, `${id}DeliveryRole`, { assumedBy: new ServicePrincipal('firehose.amazonaws.com') });
  const stream = new DeliveryStream(scope, `${id}Delivery`, {
    deliveryStreamName,
    encryption: StreamEncryption.awsOwnedKey(),
    destination: new S3Bucket(lake, {
      role,
      dataOutputPrefix: byHour(prefix),
      errorOutputPrefix: byHour(`${roots.deliveryErrors}!{firehose:error-output-type}/`),
      compression: Compression.GZIP,
      bufferingInterval: Duration.seconds(settings.lake.bufferSeconds),
      bufferingSize: Size.mebibytes(settings.lake.bufferMiB),
      loggingConfig: new EnableLogging(logGroup),
    }),
  });
  const reason = 'Firehose names the objects it writes; the grant ends at this bucket.';
  explainWildcard(role, lake.arnForObjects('*'), reason);
  for (const action of ['GetObject*', 'GetBucket*', 'List*', 'DeleteObject*', 'Abort*']) {
    explain(role, `AwsSolutions-IAM5[Action::s3:${action}]`, reason);
  }
  const stale = new Alarm(scope, `${id}LakeStale`, {
    alarmDescription: `Accepted ${events} have not reached the lake for fifteen minutes: queries miss them, and after 24 hours Firehose drops them.`,
    metric: new Metric({
      namespace: 'AWS/Firehose',
      metricName: 'DeliveryToS3.DataFreshness',
      dimensionsMap: { DeliveryStreamName: deliveryStreamName },
      statistic: 'Maximum',
      period: Duration.minutes(5),
    }),
    threshold: Duration.minutes(15).toSeconds(),
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING, // nothing was handed over, so nothing waits
  });
  notify(stale, settings);
  return stream;
};
