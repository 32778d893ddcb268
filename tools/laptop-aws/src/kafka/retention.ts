import type { Admin } from 'kafkajs';
import { patiently } from './patiently.ts';

/** The consumer groups that must miss nothing of a topic. */
export type GroupsOf = (topic: string) => readonly string[];

/**
 * Deletes of a topic what is older than its retention and what each of its groups has committed: what Kafka's own
 * retention does, but that Kafka deletes the rest as well, seconds after a start, also when nobody could read it because
 * everything was off.
 *
 * @param nowMs milliseconds since 1970
 */
export const trimTopic = async (
  admin: Admin,
  topic: string,
  retentionMs: number,
  groups: readonly string[],
  nowMs: number,
): Promise<void> => {
  const bounds = await admin.fetchTopicOffsets(topic);
  const young = await admin.fetchTopicOffsetsByTimestamp(topic, nowMs - retentionMs);
  const committed = await Promise.all(groups.map((groupId) => committedOf(admin, groupId, topic)));
  const partitions = bounds.flatMap(({ partition, low }) => {
    const from = young.find((each) => each.partition === partition)?.offset;
    // A group that has committed nothing yet is about to say where it begins.
    const needed = committed.map((of) => of.get(partition) ?? Number(low));
    const end = Math.min(Number(from ?? low), ...needed);
    return end > Number(low) ? [{ partition, offset: String(end) }] : [];
  });
  if (partitions.length > 0) await patiently(() => admin.deleteTopicRecords({ topic, partitions }));
};

const committedOf = async (admin: Admin, groupId: string, topic: string): Promise<Map<number, number>> => {
  const [of] = await admin.fetchOffsets({ groupId, topics: [topic] });
  const known = (of?.partitions ?? []).filter(({ offset }) => Number(offset) >= 0);
  return new Map(known.map(({ partition, offset }) => [partition, Number(offset)]));
};
