import { named, notify, publish, removalPolicy, type Settings } from '@acme/cdk-kit';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';

export interface KinesisStackProps extends StackProps {
  readonly settings: Settings;
}

/** The streams that every producer writes to and every consumer reads: viewing telemetry and the clickstream. */
export class KinesisStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: KinesisStackProps) {
    super(scope, id, { description: 'Streams of viewing telemetry and clickstream', ...props });
    const telemetry = this.stream(
      'Telemetry',
      named(settings, 'acme-telemetry-stream'),
      settings,
      settings.streams.telemetry,
    );
    const clickstream = this.stream(
      'Clickstream',
      named(settings, 'real-time-analytics-stream'),
      settings,
      settings.streams.clickstream,
    );

    publish(this, settings, 'telemetryStreamArn', telemetry.streamArn);
    publish(this, settings, 'clickstreamStreamArn', clickstream.streamArn);
    new CfnOutput(this, 'StreamName', { value: telemetry.streamName, description: 'The stream of viewing telemetry' });
    new CfnOutput(this, 'ClickstreamStreamName', {
      value: clickstream.streamName,
      description: 'The stream of clickstream events',
    });
  }

  private stream(
    id: string,
    streamName: string,
    settings: Settings,
    { mode, shards }: Settings['streams']['telemetry'],
  ): Stream {
    const stream = new Stream(this, id, {
      streamName,
      streamMode: mode === 'ON_DEMAND' ? StreamMode.ON_DEMAND : StreamMode.PROVISIONED,
      ...(shards === undefined ? {} : { shardCount: shards }),
      retentionPeriod: Duration.hours(settings.streams.retentionHours),
      encryption: StreamEncryption.MANAGED,
      removalPolicy: removalPolicy(settings),
    });
    const refused = new Alarm(this, `${id}Throttled`, {
      alarmDescription: `${streamName} refuses writes: producers hold events back and retry. Add shards, or look for a hot partition key.`,
      metric: stream.metricWriteProvisionedThroughputExceeded({ period: Duration.minutes(1), statistic: 'Sum' }),
      threshold: 1,
      evaluationPeriods: 5,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING, // no writes: nothing was refused
    });
    notify(refused, settings);
    return stream;
  }
}
