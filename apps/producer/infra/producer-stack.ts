import { producerQuarantine, quarantineFolder } from '@acme/lake-layout';
import { explainWildcard, grantLedger, lookUp, named, publish, ServiceFunction, type Settings } from '@acme/cdk-kit';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { writing } from './writing.ts';

export interface ProducerStackProps extends StackProps {
  readonly settings: Settings;
  /** How long one call may take, retries included. @default 60 seconds, a dozen back-offs */
  readonly timeout?: Duration;
}

/** The function that checks events of both families and writes each to its stream. */
export class ProducerStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { settings, timeout = Duration.seconds(60), ...props }: ProducerStackProps,
  ) {
    super(scope, id, {
      description: 'Checks events against the contract and writes them to the streams',
      ...props,
    });
    const lake = Bucket.fromBucketName(this, 'Lake', lookUp(this, settings, 'lakeBucketName'));
    const { bundle, network, environment, grant } = writing(this, settings);
    const produce = new ServiceFunction(this, 'Produce', {
      settings,
      bundle,
      network,
      functionName: named(settings, 'acme-data-producer'),
      description: 'Checks events, packs them by key and puts them on the stream of their family',
      whenFailing: 'New events wait at their senders until it recovers.',
      timeout,
      memorySize: 1024,
      environment: {
        ...environment,
        QUARANTINE_BUCKET: lake.bucketName,
        DEADLINE_SECONDS: String(timeout.toSeconds() - 15),
      },
    });

    const quarantine = lake.arnForObjects(`${quarantineFolder(producerQuarantine)}*`);
    grant(produce);
    produce.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [quarantine] }));
    explainWildcard(produce.role, quarantine, 'It names each object after the call, below its own prefix only.');
    grantLedger(produce, settings, lake, 'receipts');

    publish(this, settings, 'producerArn', produce.functionArn);
    new CfnOutput(this, 'FunctionName', {
      value: produce.functionName,
      description: 'Takes viewing events (an array, NDJSON text, or one), or { family, events }',
    });
  }
}
