// Prints the line that connects a terminal to the live view, on AWS and on the laptop alike:
//   STAGE=dev npx nx run ws-consumer:token
// The line holds a credential: it opens one connection, within a minute.
import { parseArgs } from 'node:util';
import { awsTarget, targetOptions } from '@acme/command-kit';
import { mintToken } from '@acme/lambda-kit';
import { type ContractKey, parameterName } from '@acme/stack-contract';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

const { stage, client } = awsTarget(parseArgs({ options: targetOptions }).values);
const ssm = new SSMClient(client);
const secrets = new SecretsManagerClient(client);

const published = async (key: ContractKey): Promise<string> => {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterName(stage, key) }));
  return Parameter?.Value ?? '';
};

try {
  const [url, keyArn] = await Promise.all([published('webSocketUrl'), published('socketKeyArn')]);
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: keyArn }));
  console.log(`npx wscat -c "${url}?token=${await mintToken(SecretString, Date.now())}"`);
} catch (error) {
  console.error(whatToDo(error as Error & { readonly code?: string }));
  process.exitCode = 1;
}

function whatToDo({ name, message, code }: Error & { readonly code?: string }): string {
  const endpoint = client.endpoint ?? process.env.AWS_ENDPOINT_URL ?? 'AWS';
  if (code === 'ECONNREFUSED') return `Nothing answers at ${endpoint}: start the laptop platform (npm start)`;
  if (name === 'ParameterNotFound')
    return `The live view is not deployed in stage ${stage}: deploy ws-consumer, or start the laptop platform (npm start)`;
  return `No token for stage ${stage}: ${name}: ${message}`;
}
