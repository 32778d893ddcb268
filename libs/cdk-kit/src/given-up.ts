import { roots } from '@acme/lake-layout';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IEventSourceDlq } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { explainWildcard } from './explain.ts';
import type { ServiceFunction } from './service-function.ts';

/**
 * The lake as on-failure destination. CDK's S3OnFailureDestination would let the function read, overwrite and delete
 * the whole lake; Lambda needs to list the bucket and to put objects
 * (https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html), and only below its prefix.
 */
export const givenUp = (lake: IBucket, reader: ServiceFunction): IEventSourceDlq => {
  const objects = lake.arnForObjects(`${roots.givenUp}*`);
  reader.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [objects] }));
  reader.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [lake.bucketArn] }));
  explainWildcard(reader.role, objects, 'Lambda names each object of what was given up, below this prefix only.');
  return { bind: () => ({ destination: lake.bucketArn }) };
};
