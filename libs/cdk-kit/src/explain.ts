import { Stack, Validations } from 'aws-cdk-lib';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { IConstruct } from 'constructs';

/** Says why a finding of the AWS Solutions rules is meant to be so: `explain(bucket, 'AwsSolutions-S1', '…')`. */
export const explain = (scope: IConstruct, id: string, reason: string): void => {
  Validations.of(scope).acknowledge({ id, reason });
};

/** Says why a grant names its resources with a wildcard; `resource` is the one that stands in the policy. */
export const explainWildcard = (scope: IConstruct, resource: string, reason: string): void =>
  explain(scope, `AwsSolutions-IAM5[Resource::${flattenCfnReference(Stack.of(scope).resolve(resource))}]`, reason);
