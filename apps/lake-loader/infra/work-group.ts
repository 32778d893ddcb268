import { roots } from '@acme/lake-layout';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { Stack } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface WorkGroupProps {
  readonly name: string;
  readonly description: string;
  readonly lake: Bucket;
  /** A query that scans more is cancelled. @default no limit */
  readonly cutoffMiB?: number;
}

/** An Athena workgroup whose settings win over a caller's: results in the lake's bucket, encrypted, engine 3, metrics. */
export const workGroup = (scope: Construct, id: string, props: WorkGroupProps): CfnWorkGroup =>
  new CfnWorkGroup(scope, id, {
    name: props.name,
    description: props.description,
    recursiveDeleteOption: true, // queries that somebody saved in it are no reason to keep a stack
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: true,
      engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
      ...(props.cutoffMiB === undefined ? {} : { bytesScannedCutoffPerQuery: props.cutoffMiB * 1024 * 1024 }),
      resultConfiguration: {
        outputLocation: `s3://${props.lake.bucketName}/${roots.results}`,
        encryptionConfiguration: { encryptionOption: 'SSE_S3' },
      },
    },
  });

/** The ARN that a workgroup is granted by. */
export const workGroupArn = (group: CfnWorkGroup): string =>
  Stack.of(group).formatArn({ service: 'athena', resource: 'workgroup', resourceName: group.name });
