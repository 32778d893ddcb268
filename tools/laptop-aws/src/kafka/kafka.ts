import { join } from 'node:path';
import type { Admin } from 'kafkajs';
import { keepRunning } from '../supervision/keep-running.ts';
import { kafkaClient } from './client.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { kafkaJars, kafkaVersion } from './jars.ts';
import { findJava } from './java.ts';
import { type GroupsOf, trimTopic } from './retention.ts';
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
  /**
   * From now on deletes of the own broker's topics what is past their retention, at once and then each minute. To be
   * called when the groups are known.
   *
   * @param groupsOf the groups that must miss nothing of a topic, however old it is
   */
  startTrimming(groupsOf: GroupsOf): Promise<void>;
  /** The topics of the templates, by name. */
  topics(): readonly string[];
  close(): Promise<void>;
}

const trimEveryMs = 60_000;
/** Kafka's own is a week: https://kafka.apache.org/43/configuration/topic-configs/#topicconfigs_retention.ms */
const defaultRetentionMs = 604_800_000;

/** @throws KafkaError when there is no Java, no Maven, or the broker does not start; one line each */
export const openKafka = async ({ dir, brokers, report }: KafkaOptions): Promise<Kafka> => {
  const own = brokers === undefined ? await ownBroker(dir, report) : undefined;
  const bootstrapServers = own?.bootstrapServers ?? (brokers as string);
  /** With the retention of each, milliseconds. */
  const topics = new Map<string, number>();
  const admin = kafkaClient(bootstrapServers).admin();
  let connected: Promise<Admin> | undefined;
  const admitted = (): Promise<Admin> =>
    (connected ??= admin.connect().then(
      () => admin,
      (error: unknown) => {
        connected = undefined; // no broker for now, perhaps: the next one tries again
        throw error;
      },
    ));
  let trimming = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const trim = async (groupsOf: GroupsOf): Promise<void> => {
    for (const [topic, retentionMs] of topics) {
      if (retentionMs >= 0) await trimTopic(await admitted(), topic, retentionMs, groupsOf(topic), Date.now());
    }
  };
  return {
    bootstrapServers,
    about: own ? `Apache Kafka ${kafkaVersion} on ${bootstrapServers}` : `brokers on ${bootstrapServers}`,
    apply: async (topic) => {
      // The own broker keeps everything, and what may go is deleted here, after those who read it (see trimTopic).
      const config = own ? { ...topic.config, 'retention.ms': '-1' } : topic.config;
      await applyTopic(await admitted(), { ...topic, config });
      topics.set(topic.name, Number(topic.config['retention.ms'] ?? defaultRetentionMs));
    },
    startTrimming: async (groupsOf) => {
      if (!own) return;
      const next = (): Promise<void> => (trimming = trimming.then(() => trim(groupsOf)).catch(warnOfTrim));
      timer ??= setInterval(() => void next(), trimEveryMs).unref();
      await next();
    },
    topics: () => [...topics.keys()].sort(),
    close: async () => {
      clearInterval(timer);
      await trimming;
      try {
        if (connected) await admin.disconnect();
      } finally {
        await own?.close();
      }
    },
  };
};

const warnOfTrim = (error: unknown): void => {
  const reason = error instanceof Error ? error.message : String(error);
  process.emitWarning(
    `records of topics past their retention could not be deleted: ${reason}; tried again in a minute`,
  );
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
