import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaClient } from '../../kafka/client.ts';
import { applyTopic } from '../../kafka/topics.ts';
import type { Invocation } from '../../lambda/functions.ts';
import { type Payload, payloadText } from '../../lambda/stream-payload.ts';
import { openEventSources, type EventSources, type EventSourceOptions } from '../event-sources.ts';
import type { Answer } from '../kinesis-mapping.fixture.ts';
import type { KafkaMappingSettings } from './settings.ts';

export interface KafkaEvent {
  readonly eventSource: string;
  readonly bootstrapServers: string;
  readonly records: Readonly<
    Record<
      string,
      readonly {
        readonly topic: string;
        readonly partition: number;
        readonly offset: number;
        readonly timestamp: number;
        readonly timestampType: string;
        readonly key?: string;
        readonly value?: string;
        readonly headers: readonly Readonly<Record<string, readonly number[]>>[];
      }[]
    >
  >;
}

/** A mapping with what the test is about. */
export const aKafkaMapping = (
  only: Partial<KafkaMappingSettings> & Pick<KafkaMappingSettings, 'bootstrapServers' | 'topic'>,
): KafkaMappingSettings => ({
  uuid: 'mapping',
  functionName: 'loader',
  groupId: `group-of-${only.topic}`,
  enabled: true,
  batchSize: 100,
  windowMs: 0,
  startAt: 'TRIM_HORIZON',
  reportsItemFailures: true,
  bisects: false,
  filters: [],
  ...only,
});

/** Event sources whose one function is `handle`; a failed batch comes again at once. */
export const kafkaSourcesFor = (
  handle: (event: KafkaEvent) => Promise<Answer> | Answer,
  only: Partial<EventSourceOptions> = {},
): EventSources => {
  const invoke = async (_: string, payload: Payload): Promise<Invocation> => ({
    requestId: 'request',
    payload: 'null',
    ...(await handle(JSON.parse(payloadText(payload)) as KafkaEvent)),
  });
  const dir = mkdtempSync(join(tmpdir(), 'kafka-sources-'));
  const sources = openEventSources({
    dir,
    kinesis: {
      stream: () => {
        throw new Error('this test has no Kinesis');
      },
    },
    functions: { invoke, concurrencyOf: () => 8 },
    log: () => undefined,
    backoffMs: (failures) => Math.min(200, failures * 20),
    destinationOf: (arn) => () => Promise.reject(new Error(`the test has no destination ${arn}`)),
    ...only,
  });
  return {
    ...sources,
    stop: async (graceMs) => {
      await sources.stop(graceMs);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

const text = (base64 = ''): string => Buffer.from(base64, 'base64').toString();

/** The values of a batch's records, as text. */
export const valuesOf = ({ records }: KafkaEvent): string[] =>
  Object.values(records)
    .flat()
    .map(({ value }) => text(value));

/** Key and value of a batch's records. */
export const pairsOf = ({ records }: KafkaEvent): [string, string][] =>
  Object.values(records)
    .flat()
    .map(({ key, value }) => [text(key), text(value)]);

/** A report that names the record of this value. */
export const failedAtValue = ({ records }: KafkaEvent, wanted: string): Answer => {
  const failures = Object.entries(records).flatMap(([partition, of]) =>
    of.filter(({ value }) => text(value) === wanted).map(({ offset }) => ({ itemIdentifier: { partition, offset } })),
  );
  return { payload: JSON.stringify({ batchItemFailures: failures }) };
};

/** Makes a topic. */
export const makeTopic = async (
  bootstrapServers: string,
  topic: string,
  { partitions = 1, replicas = 1, config = {} }: { partitions?: number; replicas?: number; config?: object } = {},
): Promise<void> => {
  const admin = kafkaClient(bootstrapServers).admin();
  await admin.connect();
  const texts = Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)]));
  await applyTopic(admin, { name: topic, partitions, replicationFactor: replicas, config: texts });
  await admin.disconnect();
};

export interface Message {
  readonly key?: string | null;
  readonly value: string | null;
  readonly headers?: Record<string, string>;
  readonly partition?: number;
}

/** Writes records, acknowledged by all replicas. */
export const write = async (bootstrapServers: string, topic: string, messages: readonly Message[]): Promise<void> => {
  const producer = kafkaClient(bootstrapServers).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await producer.send({ topic, acks: -1, messages: messages.map((message) => ({ ...message })) });
  await producer.disconnect();
};

/** What a group has committed, partition by partition. */
export const committed = async (bootstrapServers: string, topic: string): Promise<number[]> => {
  const admin = kafkaClient(bootstrapServers).admin();
  await admin.connect();
  const [of] = await admin.fetchOffsets({ groupId: `group-of-${topic}`, topics: [topic] });
  await admin.disconnect();
  return (of?.partitions ?? []).map(({ offset }) => Number(offset));
};
