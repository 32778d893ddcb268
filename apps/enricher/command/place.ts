import { type AwsTarget, awsTarget, text } from '@acme/command-kit';
import { parameterName } from '@acme/stack-contract';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Dimension, type DimensionName, dimensions } from '../src/dimensions/index.ts';

/** Where a deployed enricher keeps what it knows, and what it has written. */
export interface Place {
  /** The table of each dimension. */
  readonly tables: ReadonlyMap<DimensionName, string>;
  readonly bucket: () => Promise<string>;
}

export const stageOptions = {
  stage: text('the name of a stage').optional().describe('A stage on AWS'),
  stack: text('the name of a stack').optional().describe('A stand-alone stack, in place of the enricher of a stage'),
};

/** Whom a command talks to, by its options; a stand-alone stack is on AWS, or where AWS_ENDPOINT_URL says. */
export const targetOf = (
  {
    stage,
    stack,
    ...values
  }: Parameters<typeof awsTarget>[0] & { readonly stage?: string | undefined; readonly stack?: string | undefined },
  env: NodeJS.ProcessEnv,
): AwsTarget => {
  const named = stage ?? (stack === undefined ? undefined : 'dev');
  return awsTarget(values, named === undefined ? env : { ...env, STAGE: named });
};

/**
 * The enricher of a stage, or a stand-alone stack.
 *
 * @param stack the name of a stand-alone stack; its outputs say where things are
 * @throws NoEnricherError when the stack is none
 */
export const placeOf = async (target: AwsTarget, stack?: string): Promise<Place> => {
  if (stack === undefined)
    return {
      tables: new Map(dimensions.map((dimension) => [dimension.name, tableNameIn(target, dimension)])),
      bucket: () => lakeBucket(target),
    };
  const { Stacks } = await new CloudFormationClient(target.client).send(
    new DescribeStacksCommand({ StackName: stack }),
  );
  const outputs = new Map(Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const output = (name: string): string => {
    const value = outputs.get(name);
    if (value === undefined) throw new NoEnricherError(name);
    return value;
  };
  return {
    tables: new Map(
      dimensions.map(({ name }, at) => [name, output(at === 0 ? 'TableName' : `${capitalised(name)}TableName`)]),
    ),
    bucket: async () => output('BucketName'),
  };
};

/** A dimension's table in a stage: the stages dev and local use its name bare, others stand after its first word. */
export const tableNameIn = ({ stage }: Pick<AwsTarget, 'stage'>, { tableName }: Dimension): string =>
  stage === 'dev' || stage === 'local' ? tableName : tableName.replace('-', `-${stage}-`);

const lakeBucket = async ({ stage, client }: AwsTarget): Promise<string> => {
  const ssm = new SSMClient(client);
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterName(stage, 'lakeBucketName') }));
  return Parameter?.Value as string;
};

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** A stack that is no enricher's, or one of before a dimension was added. */
export class NoEnricherError extends Error {
  override readonly name = 'NoEnricherError';

  constructor(output: string) {
    super(`the stack of --stack has no output ${output}: name the one that cloudformation.yaml made, or update it`);
  }
}
