import {
  givenUp,
  grantLedger,
  grantQuarantine,
  readStream,
  ServiceFunction,
  type Settings,
  watchStreamReader,
} from '@acme/cdk-kit';
import type { EnvOf } from '@acme/lambda-kit';
import { readers } from '@acme/stack-contract';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Env } from '../src/env.ts';
import { type Delivered, delivery } from './delivery.ts';

/** One stream's way into the lake. */
export interface LoaderProps {
  readonly id: string;
  readonly bundle: string;
  /** Its name in ledger and quarantine, and its consumer group on Kafka. */
  readonly consumer: 'lake-loader' | 'clickstream-loader';
  readonly delivered: Delivered;
}

/** The function that checks what is on a stream, with the delivery stream that it hands good events to. */
export const loader = (
  scope: Construct,
  settings: Settings,
  lake: Bucket,
  { id, bundle, consumer, delivered }: LoaderProps,
): void => {
  const to = delivery(scope, settings, lake, delivered);
  const load = new ServiceFunction(scope, id, {
    settings,
    bundle,
    description: `Checks what is on the ${readers[consumer].stream} stream and hands it to Firehose; puts aside what the contract refuses`,
    whenFailing: `New ${delivered.events} wait on the stream and are missing from the lake; the stream keeps them for its retention.`,
    timeout: Duration.minutes(2),
    memorySize: 1024,
    environment: {
      DELIVERY_STREAM: to.deliveryStreamName,
      QUARANTINE_BUCKET: lake.bucketName,
      DEADLINE_SECONDS: '90',
    } satisfies EnvOf<typeof Env>,
  });
  // A dependency that is down is no reason to give good events up: they are tried again for as long as the stream keeps
  // them. An hour before it would forget them (Lambda's limit is seven days) they go to the lake's bucket as they are.
  // A batch that fails again and again is halved, so that it is one record and not the batch that holds back the shard.
  readStream(load, settings, {
    reader: consumer,
    startingPosition: StartingPosition.TRIM_HORIZON,
    bisectBatchOnError: true,
    onFailure: givenUp(lake, load),
  });
  watchStreamReader(load, settings, `Queries miss the newest ${delivered.events}.`);

  load.addToRolePolicy(
    new PolicyStatement({ actions: ['firehose:PutRecordBatch'], resources: [to.deliveryStreamArn] }),
  );
  grantQuarantine(load, lake, consumer);
  grantLedger(load, settings, lake, consumer);
};
