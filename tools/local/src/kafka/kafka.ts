import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { kafkaClient } from './client.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { kafkaJars, kafkaVersion } from './jars.ts';
import { findJava } from './java.ts';
import { applyTopic, type TopicSpec } from './topics.ts';

/** What makes a broker end, such as a full disk, may still be there when it is started again: each time it waits longer. */
const pausesMs = [0, 1_000, 2_000, 5_000, 10_000];

/** A broker that has run so long is well. */
const wellAfterMs = 15_000;

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
  const closing = new AbortController();
  const watch = async (): Promise<void> => {
    for (let again = 0; !closing.signal.aborted; again += 1) {
      const startedMs = Date.now();
      const why = await cluster.broker(1).exited;
      if (closing.signal.aborted) return;
      if (Date.now() - startedMs > wellAfterMs) again = 0;
      if (again === 0) report(`Kafka: ${why}; it is started again, for as long as it takes`);
      await wait(pausesMs[Math.min(again, pausesMs.length - 1)], undefined, { signal: closing.signal });
      await cluster.restart(1).catch((error: Error) => {
        if (again === 0 && !closing.signal.aborted) report(`Kafka: ${error.message}`);
      });
    }
  };
  const watched = watch().catch(() => undefined); // closed in a pause
  return {
    bootstrapServers: cluster.bootstrapServers,
    close: async () => {
      closing.abort();
      await cluster.close();
      await watched;
      await cluster.close(); // one that was being started meanwhile
    },
  };
};
