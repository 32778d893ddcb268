// The apps' own Kafka client against a broker that wants a name and a password.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTransientOnKafka, kafkaClient as appClient } from '@acme/lambda-kit/kafka';
import { applyTopic } from '@acme/laptop-aws/kafka';
import { freePorts } from '@acme/laptop-aws/machine';
import {
  aCluster,
  aTopicName,
  openSecrets,
  secretArn,
  secretsService,
  servedAlone,
  type TestCluster,
} from '@acme/laptop-aws/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kafkaSink } from '../../../../apps/producer/src/kafka/kafka-sink.ts';
import { publisher } from '../../../../apps/producer/src/kafka/publisher.ts';

const user = { name: 'alice', password: 's3cret' };
const records = [{ key: 'cus-1', data: Buffer.from('{}'), ids: ['e-1'] }];
const aws = { AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
const names = [...Object.keys(aws), 'AWS_ENDPOINT_URL_SECRETS_MANAGER'];
const before = names.map((name) => [name, process.env[name]] as const);

let cluster: TestCluster;
let dir: string;
let served: Awaited<ReturnType<typeof servedAlone>>;

beforeAll(async () => {
  cluster = await aCluster({ user });
  dir = await mkdtemp(join(tmpdir(), 'acme-secrets-'));
  const secrets = await openSecrets(dir);
  await secrets.declare('right', undefined, () => JSON.stringify({ username: user.name, password: user.password }));
  await secrets.declare('wrong', undefined, () => JSON.stringify({ username: user.name, password: 'guessed' }));
  await secrets.declare('torn', undefined, () => '{"username":');
  served = await servedAlone(secretsService(secrets));
  Object.assign(process.env, aws, { AWS_ENDPOINT_URL_SECRETS_MANAGER: served.client.endpoint });
});
afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await served.close();
  await cluster.close();
  await rm(dir, { recursive: true, force: true });
});

const withSecret = (name: string) =>
  appClient('test', cluster.bootstrapServers.split(','), {
    KAFKA_AUTH: 'scram',
    KAFKA_TLS: false,
    KAFKA_SECRET_ARN: secretArn(name),
  });
const refusal = async (attempt: Promise<unknown>): Promise<Error> =>
  attempt.then(
    () => expect('it got in').toBe('it was refused') as never,
    (error: Error) => error,
  );

describe('a name and a password', () => {
  it('that are right let the producer in', async () => {
    const topic = aTopicName();
    const admin = (await withSecret('right')).admin();
    await admin.connect();
    await applyTopic(admin, { name: topic, partitions: 1, replicationFactor: 1, config: {} });
    await admin.disconnect();
    const { close, ...publishing } = publisher(() => withSecret('right'));
    expect(await kafkaSink(topic, publishing)(records)).toEqual([{ shard: `${topic}-0`, sequence: '0' }]);
    await close();
  });

  it('that are wrong fail the call at once: trying again cannot help', async () => {
    const error = await refusal(
      kafkaSink(
        'events',
        publisher(() => withSecret('wrong')),
      )(records),
    );
    expect(error.message).toMatch(/authentication failed/i);
    expect(isTransientOnKafka(error)).toBe(false);
  });

  it('that cannot be read say how the secret must look, and nothing of what it holds', async () => {
    const error = await refusal(withSecret('torn'));
    expect(error.message).toMatch(/must hold \{"username": …, "password": …\}/);
  });
});

describe('brokers that are not there', () => {
  it('leave the records to be tried again', async () => {
    const [port] = await freePorts(1);
    const nobody = publisher(() => appClient('test', [`127.0.0.1:${port}`], { KAFKA_AUTH: 'none' }));
    expect(await kafkaSink('events', nobody)(records)).toEqual([undefined]);
  });
});
