import type { Settings } from '@acme/cdk-kit';

/** A write counts when all replicas but one have it: one broker can be down, or restarted for a patch. */
export const insyncReplicas = (replicationFactor: number): number => Math.max(1, replicationFactor - 1);

/** What a topic keeps and promises (kafka.apache.org/documentation, topic configs). Everything is text. */
export const topicConfig = ({ kafka, streams }: Settings): Readonly<Record<string, string>> => ({
  'cleanup.policy': 'delete',
  'retention.ms': String(streams.retentionHours * 3_600_000),
  'min.insync.replicas': String(insyncReplicas(kafka.replicationFactor)),
  // Event times are judged against the arrival of a record, so the brokers say when that was.
  'message.timestamp.type': 'LogAppendTime',
});
