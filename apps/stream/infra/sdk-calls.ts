import { explain } from '@acme/cdk-kit';
import { Stack } from 'aws-cdk-lib';
import { AwsCustomResource } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';

/** Says why CDK's function that makes SDK calls while a stack deploys is as it is. */
export const explainSdkCalls = (call: Construct): void => {
  const made = Stack.of(call).node.findChild(`AWS${AwsCustomResource.PROVIDER_FUNCTION_UUID.replaceAll('-', '')}`);
  explain(
    made,
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    'CDK gives its function the right to write its log this way; what it may call is granted by name.',
  );
  explain(made, 'AwsSolutions-L1', 'CDK chooses the runtime of its own function, and moves it on with its releases.');
};
