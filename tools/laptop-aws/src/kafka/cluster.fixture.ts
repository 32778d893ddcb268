import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts';
import { kafkaJars } from './jars.ts';
import { findJava } from './java.ts';
import type { KafkaCode } from './run-java.ts';

/** Java and Kafka's jars, fetched when they are not there. */
export const kafkaCode = async (): Promise<KafkaCode> => ({
  java: await findJava(),
  jars: await kafkaJars((line) => process.stderr.write(`${line}\n`)),
});

export interface TestCluster extends Cluster {
  readonly dir: string;
  readonly code: KafkaCode;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

/** Real brokers on a folder of their own. */
export const aCluster = async (only: Partial<ClusterOptions> = {}): Promise<TestCluster> => {
  const code = await kafkaCode();
  const dir = await mkdtemp(join(tmpdir(), 'acme-kafka-'));
  const cluster = await startCluster({ dir, code, ...only });
  return {
    ...cluster,
    dir,
    code,
    close: async () => {
      await cluster.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
};

let made = 0;

/** A topic name that no other test uses. */
export const aTopicName = (): string => `topic-${process.pid}-${++made}`;
