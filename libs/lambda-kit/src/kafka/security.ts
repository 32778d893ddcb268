import type { KafkaConfig } from 'kafkajs';
import * as z from 'zod';
import type { KafkaAuth } from './env.ts';

const Secret = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** TLS and SASL of a client. What only one kind of cluster needs is loaded for that kind only. */
export const securityOf = async ({
  KAFKA_AUTH: auth,
  KAFKA_TLS: ssl = auth !== 'none',
  KAFKA_SECRET_ARN: secretArn,
}: KafkaAuth): Promise<Pick<KafkaConfig, 'ssl' | 'sasl'>> => {
  if (auth === 'none') return { ssl };
  if (auth === 'iam') return { ssl, sasl: { mechanism: 'oauthbearer', oauthBearerProvider: roleToken } };
  return { ssl, sasl: { mechanism: 'scram-sha-512', ...(await readSecret(secretArn as string)) } };
};

/** A token that the function's role signs; it opens connections for 15 minutes, and no call goes out to make it. */
const roleToken = async (): Promise<{ readonly value: string }> => {
  const { generateAuthToken } = await import('aws-msk-iam-sasl-signer-js');
  const { token } = await generateAuthToken({ region: process.env.AWS_REGION as string });
  return { value: token };
};

const readSecret = async (SecretId: string): Promise<z.infer<typeof Secret>> => {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId }));
  const secret = Secret.safeParse(parsed(SecretString));
  if (secret.success) return secret.data;
  throw new BadSecretError(SecretId);
};

const parsed = (text = ''): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The secret is there, but is no name and password. */
export class BadSecretError extends Error {
  override readonly name = 'BadSecretError';

  constructor(secretArn: string) {
    super(`${secretArn} must hold {"username": …, "password": …}, as Lambda and MSK read it`);
  }
}
