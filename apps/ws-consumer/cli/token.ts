// Prints the line that connects a terminal to the live view, on AWS and on the laptop alike:
//   STAGE=dev npx nx run ws-consumer:token
// The line holds a credential: it opens one connection, within a minute.
import { awsTarget, CommandError, readCommandLine, runCommand, targetOptions, unreachable } from '@acme/command-kit';
import { mintToken } from '@acme/lambda-kit';
import { type ContractKey, parameterName } from '@acme/stack-contract';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';

const command = {
  usage: 'npx nx run ws-consumer:token',
  does: 'Prints the line that connects a terminal to the live view, on the laptop platform or, with STAGE=<stage>, on AWS. The line holds a credential: it opens one connection, within a minute.',
  options: z.strictObject(targetOptions),
};

await runCommand(async () => {
  const target = awsTarget(readCommandLine(command).options);
  const { stage, client } = target;
  const ssm = new SSMClient(client);
  const secrets = new SecretsManagerClient(client);

  const published = async (key: ContractKey): Promise<string> => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterName(stage, key) }));
    return Parameter?.Value ?? '';
  };
  const whatToDo = (error: Error): string =>
    unreachable(error, target) ??
    (error.name === 'ParameterNotFound'
      ? `The live view is not deployed in stage ${stage}: deploy ws-consumer, or start the laptop platform (npm start)`
      : `No token for stage ${stage}: ${error.name}: ${error.message}`);

  try {
    const [url, keyArn] = await Promise.all([published('webSocketUrl'), published('socketKeyArn')]);
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: keyArn }));
    console.log(`npx wscat -c "${url}?token=${await mintToken(SecretString, Date.now())}"`);
  } catch (error) {
    throw new CommandError(whatToDo(error as Error), { cause: error });
  }
});
