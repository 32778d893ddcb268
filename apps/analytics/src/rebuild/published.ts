import type { AwsTarget } from '@acme/command-kit';
import { type ContractKey, ownerOf, parameterName } from '@acme/stack-contract';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';

/**
 * Values that the stacks of a stage have published, in this order.
 *
 * @throws UnpublishedError that says what to do when one is not there
 */
export const published = async ({ stage, client }: AwsTarget, keys: readonly ContractKey[]): Promise<string[]> => {
  const ssm = new SSMClient(client);
  const valueOf = async (key: ContractKey): Promise<string> => {
    try {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterName(stage, key) }));
      return Parameter?.Value ?? '';
    } catch (error) {
      if (error instanceof ParameterNotFound)
        throw new UnpublishedError(`stage ${stage} has no ${key}: deploy ${ownerOf(key)} first`, { cause: error });
      throw error;
    }
  };
  return Promise.all(keys.map(valueOf)).finally(() => ssm.destroy());
};

/** A stage lacks what it must have published. */
export class UnpublishedError extends Error {
  override readonly name = 'UnpublishedError';
}
