import { join } from 'node:path';
import type { Admin } from 'kafkajs';
import { keepRunning } from '../supervision/keep-running.ts';
import { kafkaClient } from './client.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { kafkaJars, kafkaVersion } from './jars.ts';
import { findJava } from './java.ts';
import { applyTopic, type TopicSpec } from './topics.ts';

export interface KafkaOptions {
  /** The state folder; what brokers hold is in its kafka/. */
  readonly dir: string;
  /** Brokers that run already, `host:port` each, comma-separated. @default one is started */
  readonly brokers?: string | undefined;
  /** Tells the person at the laptop what happens. */
  readonly report: (line: string) => void;
}

/** Kafka on the laptop: brokers of its own, or ones that run already. */
export interface Kafka {
  /** Comma-separated `host:port`. */
  readonly bootstrapServers: string;
  /** What runs, in a few words. */
  readonly about: string;
  /** Makes a topic, or changes its settings and adds partitions. */
  apply(topic: TopicSpec): Promise<void>;
  /** The topics of the templates, by name. */
  topics(): readonly string[];
  close(): Promise<void>;
}

/** @throws KafkaError when there is no Java, no Maven, or the broker does not start; one line each */
export const openKafka = async ({ dir, brokers, report }: KafkaOptions): Promise<Kafka> => {
  const own = brokers === undefined ? await ownBroker(dir, report) : undefined;
  const bootstrapServers = own?.bootstrapServers ?? (brokers as string);
  const topics = new Set<string>();
  const admin = kafkaClient(bootstrapServers).admin();
  let connected: Promise<Admin> | undefined;
  return {
    bootstrapServers,
    about: own ? `Apache Kafka ${kafkaVersion} on ${bootstrapServers}` : `brokers on ${bootstrapServers}`,
    apply: async (topic) => {
      connected ??= admin.connect().then(
        () => admin,
        (error: unknown) => {
          connected = undefined; // no broker for now, perhaps: the next topic tries again
          throw error;
        },
      );
      await applyTopic(await connected, topic);
      topics.add(topic.name);
    },
    topics: () => [...topics].sort(),
    close: async () => {
      try {
        if (connected) await admin.disconnect();
      } finally {
        await own?.close();
      }
    },
  };
};

/** A broker that is started again when it ends by accident (killed, out of memory). What it acknowledged is there. */
const ownBroker = async (
  stateDir: string,
  report: (line: string) => void,
): Promise<Pick<Cluster, 'bootstrapServers' | 'close'>> => {
  const code = { java: await findJava(), jars: await kafkaJars(report) };
  const cluster = await startCluster({ dir: join(stateDir, 'kafka'), code });
  const close = keepRunning({
    name: 'Kafka',
    exited: () => cluster.broker(1).exited,
    restart: () => cluster.restart(1),
    close: () => cluster.close(),
    report,
  });
  return { bootstrapServers: cluster.bootstrapServers, close };
};
