import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Broker, lastWords, startBroker } from './broker.ts';
import { addressOf, type NodeAddress, type ScramUser } from './broker-properties.ts';
import { kafkaClient } from './client.ts';
import { freePorts } from '../front/free-ports.ts';
import { KafkaError } from './kafka-error.ts';
import type { KafkaCode } from './run-java.ts';

/** How long brokers may take to be ready: two seconds on a quiet machine. */
const patienceMs = 60_000;

export interface ClusterOptions {
  /** A folder per broker below it. */
  readonly dir: string;
  readonly code: KafkaCode;
  /** @default 1 */
  readonly brokers?: number;
  readonly user?: ScramUser | undefined;
}

/** Brokers on loopback that keep their addresses while this process runs. */
export interface Cluster {
  /** Comma-separated `host:port`. */
  readonly bootstrapServers: string;
  /** The process of a broker, by its number from 1 on; another one after a restart. */
  broker(id: number): Broker;
  /** Starts a broker that has ended, and waits until it is one of its cluster again. */
  restart(id: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts brokers and waits until clients can use them.
 *
 * @throws KafkaError when one does not become ready
 */
export const startCluster = async ({ dir, code, brokers: count = 1, user }: ClusterOptions): Promise<Cluster> => {
  const ports = await freePorts(3 * count);
  const nodes = Array.from({ length: count }, (_, index): NodeAddress => {
    const [port, brokerPort, controllerPort] = ports.slice(3 * index) as [number, number, number];
    return { id: index + 1, port, brokerPort, controllerPort };
  });
  const dirOf = (id: number): string => join(dir, `broker-${id}`);
  const brokers = new Map<number, Broker>();
  const start = async (node: NodeAddress): Promise<void> => {
    brokers.set(node.id, await startBroker({ dir: dirOf(node.id), code, node, nodes, user }));
  };
  const ready = async (waitedFor: readonly NodeAddress[]): Promise<void> => {
    const dead = waitedFor.map(async ({ id }) => {
      const why = await brokers.get(id)?.exited;
      throw new KafkaError(`Kafka's broker ${id} did not start: ${why}; ${await lastWords(dirOf(id))}`);
    });
    const done = new AbortController();
    try {
      await Promise.race([...dead, allAnswer(waitedFor, user, done.signal)]);
    } finally {
      done.abort();
    }
  };
  const close = async (): Promise<void> => {
    await Promise.all([...brokers.values()].map((broker) => broker.close()));
  };

  try {
    await Promise.all(nodes.map(start));
    await ready(nodes);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    bootstrapServers: nodes.map(addressOf).join(','),
    broker: (id) => {
      const broker = brokers.get(id);
      if (!broker) throw new KafkaError(`there is no broker ${id}`);
      return broker;
    },
    restart: async (id) => {
      const node = nodes.filter((each) => each.id === id);
      await Promise.all(node.map(start));
      await ready(node);
    },
    close,
  };
};

/** Until each of the brokers knows all of them: asked one by one, since any could answer for the others. */
const allAnswer = async (
  nodes: readonly NodeAddress[],
  user: ScramUser | undefined,
  stop: AbortSignal,
): Promise<void> => {
  const credentials = user
    ? { sasl: { mechanism: 'scram-sha-512', username: user.name, password: user.password } as const }
    : {};
  for (const node of nodes) {
    for (const end = Date.now() + patienceMs; !stop.aborted; await wait(50)) {
      if (await answers(addressOf(node), nodes, credentials)) break;
      if (Date.now() > end) throw new KafkaError(`Kafka's broker ${node.id} is not ready after ${patienceMs / 1000} s`);
    }
  }
};

const answers = async (
  address: string,
  nodes: readonly NodeAddress[],
  credentials: Parameters<typeof kafkaClient>[1],
): Promise<boolean> => {
  const admin = kafkaClient(address, { ...credentials, retry: { retries: 0 } }).admin();
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    return nodes.every(({ id }) => brokers.some(({ nodeId }) => nodeId === id));
  } catch {
    return false; // not yet
  } finally {
    await admin.disconnect();
  }
};
