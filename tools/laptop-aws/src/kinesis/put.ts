import { AwsError } from '../aws/aws-error.ts';
import { headerBytes, writeFrame } from './log/frame.ts';
import type { Written } from './log/write-queue.ts';
import { sequenceNumber } from './log/sequence-number.ts';
import type { Shard } from './shard.ts';

/** One record to put, as PutRecords has it. */
export interface PutEntry {
  readonly PartitionKey: string;
  /** Chooses the shard in place of the partition key's MD5: a 128-bit number in decimal. */
  readonly ExplicitHashKey?: string | undefined;
  /** Base64. */
  readonly Data: string;
}

export interface PutResult {
  readonly SequenceNumber: string;
  readonly ShardId: string;
}

/** What a request may hold, partition keys included. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
const largestRequestBytes = 10 * 1024 * 1024;

/** How an error names the data of an entry. */
export type MemberOf = (entry: number) => string;

const memberOfRecords: MemberOf = (entry) => `records.${entry + 1}.member.data`;

/** The frames of one shard out of one request. */
interface Part {
  readonly shard: Shard;
  bytes: number;
  count: number;
  frames: Buffer;
  at: number;
  written: Written | undefined;
}

/**
 * Puts records, in their order per shard; resolves when all of them are in the log. All or none of a request's entries
 * are refused.
 *
 * @throws AwsError when an entry or the request is too large, or data is not base64
 */
export const putEntries = async (
  entries: readonly PutEntry[],
  shards: readonly Shard[],
  route: (partitionKey: string, explicit?: string) => number,
  largestRecordBytes: number,
  memberOf: MemberOf = memberOfRecords,
): Promise<PutResult[]> => {
  const parts = new Map<Shard, Part>();
  const partOf = measure(entries, shards, route, largestRecordBytes, parts, memberOf);
  for (const part of parts.values()) part.frames = Buffer.allocUnsafe(part.bytes);
  entries.forEach((entry, each) => frameEntry(entry, partOf[each] as Part, () => memberOf(each)));
  await Promise.all(
    [...parts.values()].map(async (part) => {
      part.written = await part.shard.log.append(part.frames, part.count);
    }),
  );
  for (const part of parts.values()) part.count = 0;
  return partOf.map((part) => {
    const { prefix, firstIndex } = part.written as Written;
    return { SequenceNumber: sequenceNumber(prefix, firstIndex + part.count++), ShardId: part.shard.id };
  });
};

const measure = (
  entries: readonly PutEntry[],
  shards: readonly Shard[],
  route: (partitionKey: string, explicit?: string) => number,
  largestRecordBytes: number,
  parts: Map<Shard, Part>,
  memberOf: MemberOf,
): Part[] => {
  let requestBytes = 0;
  return entries.map(({ PartitionKey, ExplicitHashKey, Data }, each) => {
    const bytes = Buffer.byteLength(PartitionKey) + Buffer.byteLength(Data, 'base64');
    requestBytes += bytes;
    if (bytes > largestRecordBytes) throw tooLarge(memberOf(each), largestRecordBytes);
    if (requestBytes > largestRequestBytes) {
      throw new AwsError('InvalidArgumentException', 'Records size exceeds 10 MB limit');
    }
    const shard = shards[route(PartitionKey, ExplicitHashKey)] as Shard;
    let part = parts.get(shard);
    if (!part)
      parts.set(shard, (part = { shard, bytes: 0, count: 0, frames: Buffer.alloc(0), at: 0, written: undefined }));
    part.bytes += headerBytes + bytes;
    part.count++;
    return part;
  });
};

const tooLarge = (member: string, limitBytes: number): AwsError =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ` +
      `Member must have length less than or equal to ${limitBytes} (partition key included)`,
  );

const frameEntry = ({ PartitionKey, Data }: PutEntry, part: Part, member: () => string): void => {
  const keyBytes = Buffer.byteLength(PartitionKey);
  const dataBytes = Buffer.byteLength(Data, 'base64');
  const length = writeFrame(part.frames, part.at, PartitionKey, keyBytes, Data, dataBytes);
  if (length === 0) throw new AwsError('SerializationException', `${member()} is not base64`);
  part.at += length;
};
