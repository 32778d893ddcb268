import * as z from 'zod';
import type { Credentials } from '../../kafka/client.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { KafkaLogin } from './settings.ts';

const Secret = z.object({ username: z.string().min(1), password: z.string().min(1) });

/**
 * How a mapping's client logs in, by the secret that its template names. Without TLS, which Lambda would want: brokers
 * are on this machine.
 *
 * @throws AwsError ResourceNotFoundException; Error when the secret is no name and password
 */
export const loginFrom =
  (secrets: Pick<Secrets, 'find'>) =>
  ({ mechanism, secretArn }: KafkaLogin): Credentials => {
    const secret = Secret.safeParse(jsonOf(secrets.find(secretArn).value));
    if (!secret.success) throw new Error(`${secretArn} must hold {"username": …, "password": …}, as Lambda reads it`);
    const { username, password } = secret.data;
    return { sasl: { mechanism, username, password } as Exclude<Credentials['sasl'], undefined> };
  };

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
