/** A broker of a cluster, which is a controller of it too (KRaft, combined mode), on loopback. */
export interface NodeAddress {
  readonly id: number;
  /** For clients. */
  readonly port: number;
  /** For the other brokers. */
  readonly brokerPort: number;
  readonly controllerPort: number;
}

/** A user that may connect on a listener with SASL/SCRAM-SHA-512, without TLS: it is for loopback. */
export interface ScramUser {
  readonly name: string;
  readonly password: string;
}

const host = '127.0.0.1';

/** `host:port` of a node's listener. */
export const addressOf = ({ port }: NodeAddress): string => `${host}:${port}`;

/**
 * A broker's server.properties (https://kafka.apache.org/43/configuration/broker-configs/): the defaults, made small and
 * quick for one person. Topics are made by the templates only.
 *
 * @param nodes all of the cluster
 * @param secured whether clients must log in by SCRAM
 */
export const brokerProperties = (
  node: NodeAddress,
  nodes: readonly NodeAddress[],
  { dataDir, secured }: { readonly dataDir: string; readonly secured: boolean },
): string => {
  const replicas = Math.min(3, nodes.length);
  const inSync = Math.max(1, replicas - 1);
  const properties: Readonly<Record<string, string | number | boolean>> = {
    'process.roles': 'broker,controller',
    'node.id': node.id,
    'controller.quorum.voters': nodes.map(({ id, controllerPort }) => `${id}@${host}:${controllerPort}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    listeners: `CLIENTS://${addressOf(node)},BROKERS://${host}:${node.brokerPort},CONTROLLER://${host}:${node.controllerPort}`,
    'advertised.listeners': `CLIENTS://${addressOf(node)},BROKERS://${host}:${node.brokerPort}`,
    'listener.security.protocol.map': `CLIENTS:${secured ? 'SASL_PLAINTEXT' : 'PLAINTEXT'},BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT`,
    'inter.broker.listener.name': 'BROKERS',
    ...(secured ? scram : {}),
    'log.dirs': dataDir,
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': inSync,
    // One that was killed may come back after this: until then its old self is taken to live.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    // The first consumer of a group does not wait for others.
    'group.initial.rebalance.delay.ms': 0,
    // A buffer of 128 MB on the heap, where topics are small.
    'log.cleaner.dedupe.buffer.size': 8 * 1024 * 1024,
    'log.retention.check.interval.ms': 5_000,
    // What is past its retention goes by whole files, and the default of a week would keep it as long on the disk.
    'log.roll.ms': 60 * 60 * 1000,
    // A group that nobody was a member of for a week would begin anew by default: a laptop may be off for longer.
    'offsets.retention.minutes': 2 ** 31 - 1,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
};

const scram = {
  'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
  'listener.name.clients.scram-sha-512.sasl.jaas.config':
    'org.apache.kafka.common.security.scram.ScramLoginModule required;',
};
