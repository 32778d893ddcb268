import { log, readEnv } from '@acme/lambda-kit';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { authorize } from './authorize.ts';
import { Env } from './env.ts';
import { signingKey } from './signing-key.ts';
import { usedTokens } from './used-tokens.ts';

const env = readEnv(Env);
const readKey = signingKey(env.SIGNING_KEY_ARN, new SecretsManagerClient({}), Date.now);
const use = usedTokens(env.USED_TOKENS_TABLE, new DynamoDBClient({}));

export const handler = async (event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
  const token = event.queryStringParameters?.['token'] ?? '';
  const verdict = await authorize(token, await readKey(), use, Date.now());
  if (verdict !== 'allowed') log.info('connection:refused', { verdict });
  const Effect = verdict === 'allowed' ? 'Allow' : 'Deny';
  return {
    principalId: 'viewer',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: event.methodArn }],
    },
  };
};
