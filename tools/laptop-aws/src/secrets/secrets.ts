import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import { arn } from '../aws/identity.ts';
import { stateFile } from '../aws/state-file.ts';

const Secret = z.object({
  name: z.string(),
  description: z.string().optional(),
  value: z.string(),
  versionId: z.string(),
  createdMs: z.number(),
  changedMs: z.number(),
});
export type Secret = Readonly<z.infer<typeof Secret>>;

/** The laptop's secrets, kept in a file that only its owner can read. */
export interface Secrets {
  /**
   * @param id a name or an ARN
   * @throws AwsError ResourceNotFoundException
   */
  find(id: string): Secret;
  /** By name. */
  all(): readonly Secret[];
  /** Makes a secret on first sight; later starts keep the value it has. */
  declare(name: string, description: string | undefined, newValue: () => string): Promise<Secret>;
  /**
   * Replaces the value.
   *
   * @throws AwsError ResourceNotFoundException
   */
  replace(id: string, value: string): Promise<Secret>;
}

/** @param dir the state folder; the values are in its secrets/secrets.json, mode 0600 */
export const openSecrets = async (dir: string): Promise<Secrets> => {
  const file = stateFile(join(dir, 'secrets', 'secrets.json'), z.array(Secret));
  const stored = new Map((await file.read())?.map((secret) => [secret.name, secret]));

  const keep = async (secret: Secret): Promise<Secret> => {
    stored.set(secret.name, secret);
    await file.write([...stored.values()]);
    return secret;
  };
  const find = (id: string): Secret => {
    const secret = stored.get(id) ?? [...stored.values()].find(({ name }) => secretArn(name) === id);
    if (secret) return secret;
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  };

  return {
    find,
    all: () => [...stored.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    declare: (name, description, newValue) => {
      const { description: _, ...known } = stored.get(name) ?? fresh(name, newValue());
      return keep(description === undefined ? known : { ...known, description });
    },
    replace: (id, value) => keep({ ...find(id), value, versionId: randomUUID(), changedMs: Date.now() }),
  };
};

const fresh = (name: string, value: string): Secret => {
  const now = Date.now();
  return { name, value, versionId: randomUUID(), createdMs: now, changedMs: now };
};

/** Secrets Manager adds six characters to the name; here the same ones each time. */
export const secretArn = (name: string): string =>
  arn('secretsmanager', `secret:${name}-${createHash('sha256').update(name).digest('hex').slice(0, 6)}`);
