import { type ContractKey, parameterName } from '@acme/stack-contract';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** Makes a value known to other stacks, scripts and people, as an SSM parameter. */
export const publish = (scope: Construct, { stage }: Settings, key: ContractKey, value: string): void => {
  new StringParameter(scope, `Contract-${key}`, { parameterName: parameterName(stage, key), stringValue: value });
};

/** A value that another stack published, as it is when the reading stack deploys. Synthesis needs no network. */
export const lookUp = (scope: Construct, { stage }: Settings, key: ContractKey): string =>
  StringParameter.valueForStringParameter(scope, parameterName(stage, key));
