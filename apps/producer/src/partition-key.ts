/** The partition key of an event's own key (its customer). */
export type PartitionKey = (key: string) => string;

export const byKey: PartitionKey = (key) => key;

/**
 * Spreads keys over a fixed number of buckets. A key always falls into the same bucket, so its order holds, and a
 * record can carry the events of many customers. FNV-1a: a cheap hash; Kinesis hashes the bucket's name again.
 */
export const byBucket =
  (buckets: number): PartitionKey =>
  (key) => {
    let hash = 0x811c9dc5;
    for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
    return `bucket-${(hash >>> 0) % buckets}`;
  };
