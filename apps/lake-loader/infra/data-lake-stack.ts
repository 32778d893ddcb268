import {
  explainWildcard,
  givenUp,
  grantLedger,
  grantQuarantine,
  named,
  publish,
  readStream,
  ServiceFunction,
  type Settings,
  watchStreamReader,
} from '@acme/cdk-kit';
import type { EnvOf } from '@acme/lambda-kit';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Env } from '../src/env.ts';
import { catalog, databaseName } from './catalog.ts';
import { compaction } from './compaction.ts';
import { delivery } from './delivery.ts';
import { endpoints } from './endpoints.ts';
import { lakeBucket } from './lake-bucket.ts';
import { namedQueries } from './named-queries.ts';
import { readersPolicy } from './readers.ts';
import { workGroup } from './work-group.ts';

export interface DataLakeStackProps extends StackProps {
  readonly settings: Settings;
}

/** The lake: its bucket, the way raw events take into it and on into `telemetry`, and what queries and readers need. */
export class DataLakeStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: DataLakeStackProps) {
    super(scope, id, { description: 'The lake of viewing telemetry: S3, Firehose, Glue, Athena', ...props });
    const lake = lakeBucket(this, settings);
    const stream = delivery(this, settings, lake);
    const database = catalog(this, settings, lake);
    const group = workGroup(this, 'WorkGroup', {
      name: named(settings, 'acme-telemetry'),
      description: 'Queries on the lake',
      lake,
      cutoffMiB: settings.lake.scanCutoffMiB,
    });
    namedQueries(this, databaseName(settings), group);
    compaction(this, settings, lake);
    endpoints(this, settings);
    const load = new ServiceFunction(this, 'Load', {
      settings,
      bundle: 'lake-loader',
      description:
        'Checks what is on the telemetry stream and hands it to Firehose; puts aside what the contract refuses',
      whenFailing:
        'New events wait on the stream and are missing from the lake; the stream keeps them for its retention.',
      timeout: Duration.minutes(2),
      memorySize: 1024,
      environment: {
        DELIVERY_STREAM: stream.deliveryStreamName,
        QUARANTINE_BUCKET: lake.bucketName,
        DEADLINE_SECONDS: '90',
      } satisfies EnvOf<typeof Env>,
    });
    // A dependency that is down is no reason to give good events up: they are tried again for as long as the stream keeps
    // them. An hour before it would forget them (Lambda's limit is seven days) they go to the lake's bucket as they are.
    // A batch that fails again and again is halved, so that it is one record and not the batch that holds back the shard.
    const untilForgotten = Math.min(settings.streams.retentionHours - 1, Duration.days(7).toHours());
    readStream(load, settings, {
      consumer: 'lake-loader',
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: { kinesis: 500, kafka: 5_000 },
      maxBatchingWindow: Duration.seconds(1),
      bisectBatchOnError: true,
      maxRecordAge: Duration.hours(untilForgotten),
      onFailure: givenUp(lake, load),
    });
    watchStreamReader(load, settings, 'Queries miss the newest events.');

    load.addToRolePolicy(
      new PolicyStatement({ actions: ['firehose:PutRecordBatch'], resources: [stream.deliveryStreamArn] }),
    );
    grantQuarantine(load, lake, 'lake-loader');
    grantLedger(load, settings, lake, 'lake-loader');
    const readQuarantine = new ManagedPolicy(this, 'ReadQuarantine', {
      description: 'Lets people who repair bad events read what was put aside; readers of the lake do not get it',
      statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: [lake.arnForObjects('quarantine/*')] })],
    });
    explainWildcard(
      readQuarantine,
      lake.arnForObjects('quarantine/*'),
      'It reads what was put aside, and nothing else.',
    );

    const readLake = readersPolicy(this, settings, { lake, group });

    publish(this, settings, 'lakeBucketName', lake.bucketName);
    publish(this, settings, 'lakeDatabaseName', database.ref);
    publish(this, settings, 'lakeWorkGroupName', group.ref);
    publish(this, settings, 'lakeReadPolicyArn', readLake.managedPolicyArn);
    new CfnOutput(this, 'DataBucketName', { value: lake.bucketName, description: 'The bucket of the lake' });
    new CfnOutput(this, 'GlueDatabaseName', { value: database.ref, description: 'The database to query with Athena' });
    new CfnOutput(this, 'AthenaWorkGroupName', { value: group.ref, description: 'The workgroup to query in' });
    new CfnOutput(this, 'LakeReadPolicyArn', {
      value: readLake.managedPolicyArn,
      description: 'Attach it to who may query the lake',
    });
    new CfnOutput(this, 'QuarantineReadPolicyArn', {
      value: readQuarantine.managedPolicyArn,
      description: 'Attach it to who may read refused events',
    });
  }
}
