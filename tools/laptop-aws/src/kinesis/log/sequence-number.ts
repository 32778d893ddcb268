/**
 * A place in a shard. `epoch` is the boot of the log that wrote it (milliseconds since 1970, greater at every boot),
 * `index` counts the shard's records. Places are ordered by epoch, then index: after a power loss an index may be used
 * again, but never with the same epoch, so that a new record is never taken for one that was seen before.
 */
export interface Position {
  readonly epoch: number;
  readonly index: number;
}

const epochDigits = 14;
const shardDigits = 5;
const indexDigits = 16;
const filler = '0'.repeat(56 - 2 - epochDigits - shardDigits - indexDigits);

const pattern = new RegExp(`^49(\\d{${epochDigits}})${filler}(\\d{${shardDigits}})(\\d{${indexDigits}})$`);

/** What the sequence numbers of one shard and boot begin with; `sequenceNumber` ends it. */
export const sequencePrefix = (epoch: number, shard: number): string =>
  `49${String(epoch).padStart(epochDigits, '0')}${filler}${String(shard).padStart(shardDigits, '0')}`;

/** A sequence number as AWS's: 56 decimal digits that grow from record to record of a shard. */
export const sequenceNumber = (prefix: string, index: number): string =>
  prefix + String(index).padStart(indexDigits, '0');

/** Where a sequence number points, or undefined when it is none of that shard's. */
export const parseSequenceNumber = (text: string, shard: number): Position | undefined => {
  const [, epoch, ofShard, index] = pattern.exec(text) ?? [];
  return Number(ofShard) === shard ? { epoch: Number(epoch), index: Number(index) } : undefined;
};
