import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuiltResource, ResourceKind } from '../assembly/resource-kind.ts';
import { type Front, openFront } from '../front/front.ts';
import { generateSecret, GenerateSecretString } from './generate-secret.ts';
import { secretsResources } from './resource.ts';
import { openSecrets, type Secrets } from './secrets.ts';
import { secretsService } from './service.ts';

describe('secrets', () => {
  let dir: string;
  let secrets: Secrets;
  let front: Front;
  let client: SecretsManagerClient;
  let built: BuiltResource;

  const declare = async (on: Secrets): Promise<BuiltResource> => {
    const { properties, build } = secretsResources(on)['AWS::SecretsManager::Secret'] as ResourceKind;
    const given = { Description: 'signs', GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } };
    return build(properties.parse(given), { stack: 'S', logicalId: 'Key', generatedName: 'S-Key-1' });
  };

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'acme-secrets-'));
    secrets = await openSecrets(dir);
    built = await declare(secrets);
    front = await openFront({
      port: 0,
      services: { secretsmanager: secretsService(secrets) },
      upgrade: () => undefined,
    });
    client = new SecretsManagerClient({
      endpoint: `http://127.0.0.1:${front.port}`,
      region: 'us-west-2',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });
  afterAll(async () => {
    client.destroy();
    await front.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('are read by name and by ARN, which Ref gives', async () => {
    expect(built.ref).toMatch(/^arn:aws:secretsmanager:us-west-2:000000000000:secret:S-Key-1-[0-9a-f]{6}$/);
    for (const SecretId of [built.ref, 'S-Key-1']) {
      expect(await client.send(new GetSecretValueCommand({ SecretId }))).toMatchObject({
        ARN: built.ref,
        Name: 'S-Key-1',
        SecretString: expect.stringMatching(/^[A-Za-z0-9]{64}$/),
        VersionStages: ['AWSCURRENT'],
      });
    }
    const described = await client.send(new DescribeSecretCommand({ SecretId: 'S-Key-1' }));
    expect([described.Description, Object.values(described.VersionIdsToStages ?? {})]).toEqual([
      'signs',
      [['AWSCURRENT']],
    ]);
    const { SecretList } = await client.send(new ListSecretsCommand({}));
    expect(SecretList?.map(({ Name }) => Name)).toEqual(['S-Key-1']);
  });

  it('stay the same over restarts, in a file that only the owner reads', async () => {
    const reopened = await openSecrets(dir);
    expect(await declare(reopened)).toEqual(built);
    expect(reopened.find(built.ref).value).toBe(secrets.find(built.ref).value);
    expect((await stat(join(dir, 'secrets', 'secrets.json'))).mode & 0o777).toBe(0o600);
  });

  it('can be replaced', async () => {
    await client.send(new PutSecretValueCommand({ SecretId: 'S-Key-1', SecretString: 'new' }));
    expect((await client.send(new GetSecretValueCommand({ SecretId: built.ref }))).SecretString).toBe('new');
  });

  it('that do not exist are said to be so', async () => {
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('in a damaged file stop the start with what to do', async () => {
    const broken = await mkdtemp(join(dir, 'broken-'));
    await openSecrets(broken).then((opened) => opened.declare('a', undefined, () => 'x'));
    await writeFile(join(broken, 'secrets', 'secrets.json'), '{');
    await expect(openSecrets(broken)).rejects.toThrow(
      /secrets\.json is damaged: move it away to start without what it held$/,
    );
  });
});

describe('a generated secret', () => {
  const generated = (settings: object) => generateSecret(GenerateSecretString.parse(settings));

  it('has the length asked for and one of each included type', () => {
    for (let run = 0; run < 50; run++) {
      const secret = generated({ PasswordLength: 4 });
      expect(secret).toHaveLength(4);
      for (const type of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]) expect(secret).toMatch(type);
    }
  });

  it('has none of what is excluded', () => {
    const settings = {
      PasswordLength: 500,
      ExcludeUppercase: true,
      ExcludePunctuation: true,
      ExcludeCharacters: 'aeiou1',
    };
    expect(generated(settings)).toMatch(/^[b-df-hj-np-tv-z02-9]{500}$/);
  });

  it('stands in the JSON of its template', () => {
    const settings = { SecretStringTemplate: '{"username":"acme"}', GenerateStringKey: 'password' };
    expect(JSON.parse(generated(settings))).toEqual({ username: 'acme', password: expect.stringMatching(/^.{32}$/) });
  });

  it('is refused when nothing is left to choose from', () => {
    expect(() => generated({ PasswordLength: 3 })).toThrow('PasswordLength is too short');
  });
});
