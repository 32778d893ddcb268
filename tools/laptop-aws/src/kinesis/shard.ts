import { join } from 'node:path';
import type { HashRange } from './hash-range.ts';
import { ShardLog, type LogOptions } from './log/shard-log.ts';
import { parseSequenceNumber, sequenceNumber, sequencePrefix, type Position } from './log/sequence-number.ts';
import type { StreamSettings } from './stream-settings.ts';

/** A shard of a stream: its name, its hash keys and its log. */
export interface Shard {
  readonly id: string;
  readonly hashKeys: HashRange;
  /** The sequence number that its first record comes after. */
  readonly startingSequenceNumber: string;
  readonly log: ShardLog;
  /** Keeps what a reader has not read, whatever its age; `next` says from which index on, or undefined for nothing. */
  keepFor(reader: string, next: () => number | undefined): void;
  /** The index before which nobody needs a record. */
  readonly neededFrom: number;
  /** Where a sequence number points, or undefined when it is none of this shard's. */
  positionOf(sequenceNumber: string): Position | undefined;
}

export const openShard = async (
  dir: string,
  { createdMs }: StreamSettings,
  number: number,
  hashKeys: HashRange,
  options: LogOptions,
): Promise<Shard> => {
  const id = `shardId-${String(number).padStart(12, '0')}`;
  const readers = new Map<string, () => number | undefined>();
  return {
    id,
    hashKeys,
    keepFor: (reader, next) => void readers.set(reader, next),
    get neededFrom() {
      return Math.min(...[...readers.values()].map((next) => next() ?? Number.POSITIVE_INFINITY));
    },
    startingSequenceNumber: sequenceNumber(sequencePrefix(createdMs, number), 0),
    log: await ShardLog.open(join(dir, id), number, createdMs, options),
    positionOf: (text) => parseSequenceNumber(text, number),
  };
};
