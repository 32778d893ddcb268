// Prints the line that connects a terminal to the live view, on AWS and on the laptop alike:
//   STAGE=dev npx nx run ws-consumer:token
// The line holds a credential: it opens one connection, within a minute.
import { mintToken } from '@acme/lambda-kit';
import { type ContractKey, parameterName } from '@acme/stack-contract';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

const stage = process.env.STAGE || (process.env.AWS_ENDPOINT_URL ? 'local' : 'dev');
const region = process.env.AWS_REGION ?? 'us-west-2';
const ssm = new SSMClient({ region });
const secrets = new SecretsManagerClient({ region });

const published = async (key: ContractKey): Promise<string> => {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterName(stage, key) }));
  return Parameter?.Value ?? '';
};

try {
  const [url, keyArn] = await Promise.all([published('webSocketUrl'), published('socketKeyArn')]);
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: keyArn }));
  console.log(`npx wscat -c "${url}?token=${await mintToken(SecretString, Date.now())}"`);
} catch (error) {
  const { name, message } = error as Error;
  console.error(
    name === 'ParameterNotFound'
      ? `The live view is not deployed in stage ${stage}: deploy ws-consumer, or start the laptop platform and run \`eval "$(npm run -s env)"\``
      : `No token for stage ${stage}: ${name}: ${message}`,
  );
  process.exitCode = 1;
}
