import {
  givenUp,
  grantLedger,
  grantQuarantine,
  lookUp,
  named,
  publish,
  readStream,
  ServiceFunction,
  type Settings,
  SettingsError,
  topicOf,
  watchStreamReader,
} from '@acme/cdk-kit';
import type { EnvOf } from '@acme/lambda-kit';
import { CfnOutput, Duration, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Env } from '../src/env.ts';
import { alarms } from './alarms.ts';
import { charts } from './charts.ts';
import type { AnalyticsContext } from './context.ts';
import { tables } from './tables.ts';

export interface AnalyticsStackProps extends StackProps {
  readonly settings: Settings;
  readonly context: AnalyticsContext;
}

/** The most that run at a time. */
const concurrency = 100;
/** Results are kept for so long, and what is recognised as there already with them. */
const resultHours = 30 * 24;

/** A batch of Kafka's carries an event a message, one of Kinesis' records of many. */
const messagesPerRecord = 20;

/** What the pipeline's own names say of its batches; they win over the stage. */
const ownNames = ({ lambdaBatchSize: kinesis, lambdaMaxBatchingWindow: windowSeconds }: AnalyticsContext) => ({
  ...(kinesis === undefined ? {} : { batchSize: { kinesis, kafka: Math.min(10_000, kinesis * messagesPerRecord) } }),
  ...(windowSeconds === undefined ? {} : { windowSeconds }),
});

/** Real-time analytics of the clickstream: an item per event, counters per minute and hour, metrics, alarms. */
export class AnalyticsStack extends Stack {
  constructor(scope: Construct, id: string, { settings, context, ...props }: AnalyticsStackProps) {
    super(scope, id, { description: 'Real-time analytics of the clickstream', ...props });
    const { retentionHours, clickstream } = settings.streams;
    if (retentionHours > resultHours)
      throw new SettingsError(
        `kinesisRetentionPeriod: at most ${resultHours} hours, as long as results are kept: ` +
          'events that come again later would count again',
      );
    const { parallelization = 1 } = settings.readers.analytics;
    const timeout = Duration.minutes(context.lambdaTimeout);
    const lake = Bucket.fromBucketName(this, 'Lake', lookUp(this, settings, 'lakeBucketName'));
    const stores = tables(this, settings);
    const process = new ServiceFunction(this, 'Process', {
      settings,
      bundle: 'analytics',
      functionName: named(settings, 'kinesis-stream-processor'),
      description: 'Stores and counts clickstream events, each exactly once',
      whenFailing: 'Real-time analytics is late; events wait on the stream, and nothing is lost while it keeps them.',
      timeout,
      memorySize: context.lambdaMemorySize,
      tracing: true,
      // A Kinesis mapping runs at most so many batches as there are shards times the parallelization. Only where that
      // may be too many is concurrency set aside: an account of few has none to give.
      reservedConcurrency: (clickstream.shards ?? 0) * parallelization > concurrency ? concurrency : undefined,
      environment: {
        RESULTS_TABLE: stores.results.tableName,
        AGGREGATES_TABLE: stores.aggregates.tableName,
        QUARANTINE_BUCKET: lake.bucketName,
        DEADLINE_SECONDS: String(Math.floor(timeout.toSeconds() * 0.8)),
      } satisfies EnvOf<typeof Env>,
    });
    // Events wait out whatever DynamoDB does, for as long as the stream has them; an hour before it forgets them
    // (Lambda's limit is seven days) they go to the lake's bucket as they are. A batch that fails is halved, so that it
    // is one record and not the batch that holds back the shard.
    readStream(process, settings, {
      reader: 'analytics',
      but: ownNames(context),
      startingPosition: StartingPosition.TRIM_HORIZON,
      bisectBatchOnError: true,
      onFailure: givenUp(lake, process),
    });
    watchStreamReader(process, settings, 'Real-time analytics misses the newest events.');
    alarms(process, settings, stores, timeout);
    charts(process, settings, stores);

    // CDK's grants would be for the index, too, which nobody writes to.
    const may = (action: string, { tableArn }: TableV2): void =>
      process.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [tableArn] }));
    may('dynamodb:PutItem', stores.results);
    may('dynamodb:UpdateItem', stores.aggregates);
    grantQuarantine(process, lake, 'analytics');
    grantLedger(process, settings, lake, 'analytics');

    publish(this, settings, 'analyticsResultsTableName', stores.results.tableName);
    publish(this, settings, 'analyticsAggregatesTableName', stores.aggregates.tableName);
    Tags.of(this).add('environment', context.environment ?? settings.stage);
    new CfnOutput(this, 'StreamName', { value: topicOf(settings, 'clickstream'), description: 'The stream it reads' });
    new CfnOutput(this, 'FunctionName', { value: process.functionName, description: 'The function that reads it' });
    new CfnOutput(this, 'TableName', { value: stores.results.tableName, description: 'An item per event' });
    new CfnOutput(this, 'AggregatesTableName', {
      value: stores.aggregates.tableName,
      description: 'Counters per minute and hour',
    });
  }
}
