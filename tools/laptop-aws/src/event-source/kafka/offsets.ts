import type { Admin } from 'kafkajs';
import type { StartAt } from '../mapping-settings.ts';

/** Of a partition: the oldest offset that there is, and the one that the next record will have. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Each partition's bounds. */
export const boundsOf = async (admin: Admin, topic: string): Promise<Map<number, Bounds>> =>
  new Map(
    (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => [
      partition,
      { low: Number(low), high: Number(high) },
    ]),
  );

/** What a group has committed; nothing for a partition of which it never did. */
export const committedBy = async (admin: Admin, groupId: string, topic: string): Promise<Map<number, number>> => {
  const [of] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return new Map(
    (of?.partitions ?? [])
      .filter(({ offset }) => Number(offset) >= 0)
      .map(({ partition, offset }) => [partition, Number(offset)]),
  );
};

/** Where a group begins that has not committed anything. */
export const startingOffsets = async (
  admin: Admin,
  topic: string,
  startAt: StartAt,
  bounds: ReadonlyMap<number, Bounds>,
): Promise<Map<number, number>> => {
  if (typeof startAt === 'string') {
    return new Map(
      [...bounds].map(([partition, { low, high }]) => [partition, startAt === 'LATEST' ? high : low] as const),
    );
  }
  const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, startAt.timestampMs);
  return new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]));
};
