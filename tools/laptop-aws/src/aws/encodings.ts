import { cbor, tag } from '@smithy/core/cbor';
import { AwsError } from './aws-error.ts';

/** How the input and output of an operation are written in a body. */
export interface Encoding {
  /** @throws AwsError SerializationException */
  read(body: Buffer): unknown;
  /** @param output made for this answer: it may be changed */
  write(output: unknown): string | Uint8Array;
}

export const jsonEncoding: Encoding = {
  read: (body) => {
    if (body.length === 0) return {};
    try {
      return JSON.parse(body.toString('utf8'));
    } catch {
      throw new AwsError('SerializationException', 'the body is not JSON');
    }
  },
  write: (output) => JSON.stringify(output),
};

/** The content type of AWS CBOR 1.1, which the SDKs for Java speak with Kinesis unless CBOR_ENABLED says otherwise. */
export const cborType = 'application/x-amz-cbor-1.1';

/**
 * AWS CBOR 1.1, for operations written for AWS JSON: bytes, which JSON has as base64 text, are CBOR's byte strings, and
 * times, which JSON has in seconds, are milliseconds under CBOR's tag of a time, as the SDK for Java 2 writes and reads
 * them (its StructuredCborGenerator; the standard, RFC 8949, would have seconds).
 *
 * @param members the names of those members whose value is bytes, or a time
 */
export const cborEncoding = (members: {
  readonly bytes: ReadonlySet<string>;
  readonly times: ReadonlySet<string>;
}): Encoding => {
  const isOther = (name: string): boolean => members.bytes.has(name) || members.times.has(name);
  const written = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return members.bytes.has(name) ? Buffer.from(value, 'base64') : value;
    if (typeof value === 'number') return members.times.has(name) ? inMilliseconds(value) : value;
    if (Array.isArray(value)) return value.map((each) => written(each, name));
    if (typeof value !== 'object' || value === null) return value;
    // In place, because an answer is made for one request: a copy of ten thousand records is a third of the work.
    const output = value as Record<string, unknown>;
    for (const key in output) {
      const member = output[key];
      if (member === undefined) delete output[key];
      else if (typeof member === 'object' || isOther(key)) output[key] = written(member, key);
    }
    return output;
  };
  return {
    read: (body) => {
      if (body.length === 0) return {};
      try {
        return asInJson(cbor.deserialize(body));
      } catch {
        throw new AwsError('SerializationException', 'the body is not CBOR');
      }
    },
    write: (output) => cbor.serialize(written(output, '')),
  };
};

const inMilliseconds = (seconds: number): object => tag({ tag: timeTag, value: Math.round(seconds * 1000) });
const timeTag = 1;

/** A decoded value as the same input comes in JSON. */
const asInJson = (value: unknown): unknown => {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(asInJson);
  if (typeof value !== 'object' || value === null) return value;
  const { tag: number, value: tagged } = value as { tag?: unknown; value?: unknown };
  if (number === timeTag) return Number(tagged) / 1000;
  const input = value as Record<string, unknown>;
  for (const key in input) {
    const member = input[key];
    if (typeof member === 'object' || typeof member === 'bigint') input[key] = asInJson(member);
  }
  return input;
};
