import { quarantineFolder } from '@acme/lake-layout';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { explainWildcard } from './explain.ts';
import type { ServiceFunction } from './service-function.ts';

/** Lets a function put bad events aside, under `quarantine/<writer>/` in the lake's bucket, and nowhere else. */
export const grantQuarantine = (writes: ServiceFunction, lake: IBucket, writer: string): void => {
  const objects = lake.arnForObjects(`${quarantineFolder(writer)}*`);
  writes.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [objects] }));
  explainWildcard(writes.role, objects, 'It names each object after the batch, below its own prefix only.');
};
