import { type AwsTarget, awsTarget, CommandError, unreachable } from '@acme/command-kit';
import { parameterName } from '@acme/stack-contract';
import { AthenaClient } from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import type { AthenaOptions } from './athena-engine.ts';

export interface AthenaChoice {
  readonly dir: string;
  readonly awsPort?: number | undefined;
  /** @default the one that the lake's stack published */
  readonly workGroup?: string | undefined;
  /** @default the one that the lake's stack published */
  readonly database?: string | undefined;
}

/**
 * The Athena of the laptop platform, unless STAGE or AWS_ENDPOINT_URL name another: see `awsTarget`.
 *
 * @throws UsageError when no platform runs on the folder
 * @throws CommandError when nothing answers there, or nobody published a work group
 */
export const athenaTarget = async ({ dir, awsPort, workGroup, database }: AthenaChoice): Promise<AthenaOptions> => {
  const target = awsTarget({ dir, awsPort });
  const ssm = new SSMClient(target.client);
  return {
    target,
    athena: new AthenaClient(target.client),
    glue: new GlueClient(target.client),
    workGroup: workGroup ?? (await published(ssm, target, 'lakeWorkGroupName', '--workgroup')),
    database: database ?? (await published(ssm, target, 'lakeDatabaseName', '--database')),
  };
};

const published = async (
  ssm: SSMClient,
  target: AwsTarget,
  key: 'lakeWorkGroupName' | 'lakeDatabaseName',
  option: string,
): Promise<string> => {
  const { stage } = target;
  const name = parameterName(stage, key);
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
    return Parameter?.Value ?? '';
  } catch (error) {
    if (error instanceof ParameterNotFound) {
      const message = `Nobody has published ${name}: deploy lake-loader to stage ${stage}, or name one with ${option}.`;
      throw new CommandError(message, { cause: error });
    }
    const reason = unreachable(error, target);
    if (reason) throw new CommandError(reason, { cause: error });
    throw error;
  }
};
