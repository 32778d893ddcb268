import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Template } from './assembly.ts';

/**
 * Empties the buckets that go with their stack, because CloudFormation deletes only empty ones. Buckets of stages
 * that keep their data are not touched.
 */
export const emptyBuckets = async (templates: readonly Template[]): Promise<void> => {
  for (const { stack, region, Resources } of templates) {
    const doomed = Object.entries(Resources).filter(
      ([, { Type, DeletionPolicy }]) => Type === 'AWS::S3::Bucket' && DeletionPolicy === 'Delete',
    );
    if (doomed.length === 0) continue;
    const { StackResources = [] } = await new CloudFormationClient({ region }).send(
      new DescribeStackResourcesCommand({ StackName: stack }),
    );
    const s3 = new S3Client({ region });
    for (const [logicalId] of doomed) {
      const bucket = StackResources.find(
        ({ LogicalResourceId }) => LogicalResourceId === logicalId,
      )?.PhysicalResourceId;
      if (bucket) console.log(`${stack}: deleted ${await emptyBucket(s3, bucket)} objects of ${bucket}`);
    }
  }
};

const emptyBucket = async (s3: S3Client, bucket: string): Promise<number> => {
  let deleted = 0;
  for (;;) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    if (Contents.length === 0) return deleted;
    const Objects = Contents.map(({ Key }) => ({ Key }));
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors.length > 0)
      throw new Error(`could not delete ${Errors.length} objects of ${bucket}: ${Errors[0]?.Code}`);
    deleted += Objects.length;
  }
};
