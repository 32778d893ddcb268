import { explain } from '@acme/cdk-kit';
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { explainSdkCalls } from './sdk-calls.ts';

/** The id of AWS's own list of S3's addresses in the region, so that a rule can name S3 instead of the whole world. */
export const s3PrefixList = (scope: Construct): string => {
  const { region } = Stack.of(scope);
  const list = new AwsCustomResource(scope, 'S3PrefixList', {
    onUpdate: {
      service: 'EC2',
      action: 'describeManagedPrefixLists',
      parameters: { Filters: [{ Name: 'prefix-list-name', Values: [`com.amazonaws.${region}.s3`] }] },
      outputPaths: ['PrefixLists.0.PrefixListId'],
      physicalResourceId: PhysicalResourceId.of('s3-prefix-list'),
    },
    policy: AwsCustomResourcePolicy.fromStatements([
      new PolicyStatement({ actions: ['ec2:DescribeManagedPrefixLists'], resources: ['*'] }),
    ]),
    installLatestAwsSdk: false,
  });
  explain(list, 'AwsSolutions-IAM5[Resource::*]', 'EC2 lists prefix lists by no name.');
  explainSdkCalls(list);
  return list.getResponseField('PrefixLists.0.PrefixListId');
};
