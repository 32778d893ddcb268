import { createRequire } from 'node:module';
import { crc32c } from '@node-rs/crc32';
import type { KafkaMessage } from 'kafkajs';

/** As much of kafkajs' own reader of bytes as is used here. */
interface Decoder {
  readInt16(): number;
  readInt32(): number;
  readInt64(): { toString(): string };
  readString(): string;
  readBytes(length: number): Buffer;
  readArray<Item>(read: (decoder: Decoder) => Item): Item[];
  readArrayAsync<Item>(read: (decoder: Decoder) => Promise<Item>): Promise<Item[]>;
  canReadBytes(length: number): boolean;
}

interface FetchProtocol {
  (options: unknown): { readonly response: { decode(answer: Buffer): Promise<unknown> } };
}

// kafkajs decodes inside its fetch and lets nobody take part. Of its own modules, by exact version:
const require = createRequire(import.meta.url);
const { requests } = require('kafkajs/src/protocol/requests') as {
  readonly requests: { readonly Fetch: { protocol(of: { readonly version: number | string }): FetchProtocol } };
};
const BytesDecoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Decoder;
const decodeBatch = require('kafkajs/src/protocol/recordBatch/v0/decoder') as (decoder: Decoder) => Promise<{
  readonly records: readonly KafkaMessage[];
}>;
const decodeOldMessages = require('kafkajs/src/protocol/messageSet/decoder') as (
  decoder: Decoder,
  bytes: number,
) => Promise<KafkaMessage[]>;

/** The version of Fetch that kafkajs speaks to every broker since 2.3 (2019). */
const version = 11;

/**
 * Makes every kafkajs consumer of this process go on behind a batch that it cannot read, whose place is then taken by one
 * record at the batch's last offset: its value says in words what was not read (`isUnreadable` tells it from a sender's).
 * Without this, a batch that is damaged, in a codec nobody knows, or larger than memory should be asked for stops its
 * readers for good. A batch's checksum is compared, which kafkajs does not do.
 */
export const learnToGoOn = (): void => {
  const { Fetch } = requests;
  const { protocol } = Fetch;
  Fetch.protocol = (of) => {
    const speak = protocol(of);
    if (Number(of.version) !== version) return speak;
    return (options) => {
      const spoken = speak(options);
      return { ...spoken, response: { ...spoken.response, decode: decodeAnswer } };
    };
  };
};

const unreadable = new WeakSet<KafkaMessage>();

/** Whether a record stands for a batch that could not be read. */
export const isUnreadable = (message: KafkaMessage): boolean => unreadable.has(message);

/**
 * Fetch Response (Version: 11), https://kafka.apache.org/protocol#The_Messages_Fetch, in the shape that kafkajs gives it.
 * The throttling is the client's to do, but kafkajs asks for more only when this says that there is none.
 */
const decodeAnswer = async (answer: Buffer): Promise<unknown> => {
  const decoder = new BytesDecoder(answer);
  const clientSideThrottleTime = decoder.readInt32();
  const errorCode = decoder.readInt16();
  const sessionId = decoder.readInt32();
  const responses = await decoder.readArrayAsync(async (topic) => {
    const topicName = topic.readString();
    return { topicName, partitions: await topic.readArrayAsync((each) => decodePartition(topicName, each)) };
  });
  return { throttleTime: 0, clientSideThrottleTime, errorCode, sessionId, responses };
};

const decodePartition = async (topic: string, decoder: Decoder) => {
  const partition = decoder.readInt32();
  const errorCode = decoder.readInt16();
  const highWatermark = decoder.readInt64().toString();
  return {
    partition,
    errorCode,
    highWatermark,
    lastStableOffset: decoder.readInt64().toString(),
    lastStartOffset: decoder.readInt64().toString(),
    abortedTransactions: decoder.readArray((each) => ({
      producerId: each.readInt64().toString(),
      firstOffset: each.readInt64().toString(),
    })),
    preferredReadReplica: decoder.readInt32(),
    messages: await decodeRecords({ topic, partition, end: BigInt(highWatermark) }, decoder),
  };
};

/** Where records are, and the offset behind the partition's last one. */
interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly end: bigint;
}

const decodeRecords = async (place: Place, decoder: Decoder): Promise<readonly KafkaMessage[]> => {
  const size = decoder.readInt32();
  if (size <= 0 || !decoder.canReadBytes(size)) return [];
  const bytes = decoder.readBytes(size);
  if (bytes[at.magic] !== 2) return decodeOldMessages(new BytesDecoder(bytes), size);
  const batches: (readonly KafkaMessage[])[] = [];
  for (let from = 0; from + headBytes <= bytes.length;) {
    const length = lengthOf(bytes, from);
    const batch = bytes.subarray(from, from + length);
    if (batch.length < length) break; // the broker cut the last one off, to keep within what was asked for
    batches.push(await readBatch(place, batch));
    from += length;
  }
  return batches.length === 1 ? (batches[0] ?? []) : batches.flat();
};

/** Where the fields of a batch's head are (https://kafka.apache.org/documentation/#recordbatch), in bytes. */
const at = {
  baseOffset: 0,
  length: 8,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  maxTimestamp: 35,
  count: 57,
};
const headBytes = 61;

const lengthOf = (bytes: Buffer, from: number): number => {
  const length = bytes.readInt32BE(from + at.length);
  if (length < headBytes - at.magic + 4)
    throw new Error(`a batch says that it has ${length} bytes: the answer is garbled`);
  return at.length + 4 + length;
};

/**
 * The most records that a batch may have: each becomes an object of some 500 bytes in memory, however small it is. Of the
 * smallest that there are, of 7 bytes, brokers take half as many uncompressed (message.max.bytes: 1 MiB).
 */
export const mostRecords = 300_000;

const readBatch = async (place: Place, bytes: Buffer): Promise<readonly KafkaMessage[]> => {
  const isWhole = bytes.readUInt32BE(at.crc) === crc32c(bytes.subarray(at.attributes));
  try {
    if (!isWhole) throw new Error('its checksum does not match: it is damaged');
    const count = bytes.readInt32BE(at.count);
    if (count > mostRecords) throw new Error(`it has ${count} records; at most ${mostRecords} are read`);
    const codec = bytes.readInt16BE(at.attributes) & 7;
    if (codec > 4) throw new Error(`it is packed by a codec with the number ${codec}, which is none of Kafka's`);
    const { records } = await decodeBatch(new BytesDecoder(bytes)).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`it cannot be unpacked: ${reason}`);
    });
    return records;
  } catch (error) {
    return [standIn(place, bytes, isWhole, (error as Error).message)];
  }
};

/** What is told of a batch in its place. */
const standIn = ({ topic, partition, end }: Place, bytes: Buffer, isWhole: boolean, reason: string): KafkaMessage => {
  const first = bytes.readBigInt64BE(at.baseOffset);
  const delta = bytes.readInt32BE(at.lastOffsetDelta);
  // Of a damaged head, only what fits together. Else what follows is asked for offset by offset, and none is passed over.
  const isToBeBelieved = isWhole || (delta >= 0 && delta + 1 === bytes.readInt32BE(at.count));
  const last = isToBeBelieved && first + BigInt(delta) < end ? first + BigInt(delta) : first;
  const where = `topic ${topic}, partition ${partition}, offsets ${first} to ${last}, ${bytes.length} bytes`;
  const message: KafkaMessage & { readonly isControlRecord: false; readonly batchContext: object } = {
    key: null,
    value: Buffer.from(`a batch that cannot be read (${where}): ${reason}`),
    timestamp: String(isWhole ? bytes.readBigInt64BE(at.maxTimestamp) : Date.now()),
    attributes: 0,
    offset: String(last),
    headers: {},
    isControlRecord: false,
    batchContext: {},
  };
  unreadable.add(message);
  return message;
};
