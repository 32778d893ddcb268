import { createHash } from 'node:crypto';

/**
 * A record of the Kinesis Producer Library, which packs its users' records into one: a magic number, a protobuf message,
 * and the message's MD5 (https://github.com/awslabs/amazon-kinesis-producer, aggregation-format.md):
 *
 *     message AggregatedRecord { repeated string partition_key_table = 1; repeated string explicit_hash_key_table = 2;
 *                                repeated Record records = 3; }
 *     message Record { required uint64 partition_key_index = 1; optional uint64 explicit_hash_key_index = 2;
 *                      required bytes data = 3; repeated Tag tags = 4; }
 *
 * Two levels and nothing that refers to itself, so what is read here never costs more than the bytes that came.
 */
const magic = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
const digestBytes = 16;

/** Whether bytes begin as an aggregated record does. No text does: they are no UTF-8. */
export const isAggregated = (bytes: Buffer): boolean => bytes.subarray(0, magic.length).equals(magic);

/**
 * The data of the users' records in an aggregated record, in their order, as parts of its bytes. Undefined when it is
 * damaged: its MD5 is another, its message breaks off or is not of this form, or a key is not in its table. It is looked
 * through once to be sure, and then once more as its records are taken: millions of empty ones take no memory.
 */
export const userRecordsOf = (bytes: Buffer): Iterable<Buffer> | undefined => {
  const message = bytes.subarray(magic.length, -digestBytes);
  const digest = bytes.subarray(-digestBytes);
  if (bytes.length < magic.length + digestBytes || !createHash('md5').update(message).digest().equals(digest))
    return undefined;
  try {
    check(message);
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
  return dataOf(message);
};

class MalformedError extends Error {
  override readonly name = 'MalformedError';
}

/** @throws MalformedError */
const check = (message: Buffer): void => {
  let keys = 0;
  let greatestKey = -1;
  for (const { field, bytes } of fieldsOf(message)) {
    if (field > 3) continue;
    if (bytes === undefined) throw new MalformedError();
    if (field === 1) keys += 1;
    if (field === 3) greatestKey = Math.max(greatestKey, recordOf(bytes).key);
  }
  if (greatestKey >= keys) throw new MalformedError();
};

function* dataOf(message: Buffer): Generator<Buffer> {
  for (const { field, bytes } of fieldsOf(message)) if (field === 3) yield recordOf(bytes as Buffer).data;
}

const recordOf = (message: Buffer): { readonly key: number; readonly data: Buffer } => {
  let key: number | undefined;
  let data: Buffer | undefined;
  for (const { field, number, bytes } of fieldsOf(message)) {
    if (field === 1) key = number;
    if (field === 3) data = bytes;
  }
  if (key === undefined || data === undefined) throw new MalformedError();
  return { key, data };
};

/** A field of a message, with its number or its bytes. */
interface Field {
  readonly field: number;
  readonly number?: number;
  readonly bytes?: Buffer;
}

/** The wire types of protobuf (https://protobuf.dev/programming-guides/encoding); groups were never of this format. */
const [varint, eightBytes, lengthDelimited, fourBytes] = [0, 1, 2, 5];

function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0;
  const take = (length: number): Buffer => {
    if (length > message.length - at) throw new MalformedError();
    return message.subarray(at, (at += length));
  };
  const number = (): number => {
    let value = 0;
    // Ten bytes at most, seven bits each; beyond 2^53 it is neither a length nor an index of what can be here.
    for (let scale = 1; scale < 2 ** 70; scale *= 128) {
      const [byte = 0] = take(1);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new MalformedError();
  };
  while (at < message.length) {
    const tag = number();
    const field = Math.floor(tag / 8);
    const type = tag % 8;
    if (type === varint) yield { field, number: number() };
    else if (type === lengthDelimited) yield { field, bytes: take(number()) };
    else if (type === eightBytes || type === fourBytes) take(type === eightBytes ? 8 : 4);
    else throw new MalformedError();
  }
}
