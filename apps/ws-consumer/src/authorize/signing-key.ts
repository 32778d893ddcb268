import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** A key that was replaced is taken up within this time. */
const freshMs = 5 * 60 * 1000;

/** Reads the signing key, and keeps it for some minutes. */
export const signingKey = (arn: string, client: SecretsManagerClient, now: () => number): (() => Promise<string>) => {
  let key = '';
  let readAtMs = -Infinity;
  return async () => {
    if (now() - readAtMs >= freshMs) {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
      if (!SecretString) throw new Error('the signing key is not a text secret; put a text of 64 random characters in');
      [key, readAtMs] = [SecretString, now()];
    }
    return key;
  };
};
