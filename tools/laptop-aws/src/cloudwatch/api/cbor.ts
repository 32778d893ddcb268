import { cbor, dateToTag } from '@smithy/core/cbor';
import { AwsError } from '../../aws/aws-error.ts';
import type { Protocol } from './protocol.ts';

/** Smithy RPC v2 CBOR (https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html). */
export const cborProtocol: Protocol = {
  contentType: 'application/cbor',
  headers: { 'smithy-protocol': 'rpc-v2-cbor' },
  operation: ({ url = '' }) => /\/operation\/(\w+)$/.exec(url)?.[1] ?? '',
  read: (body) => {
    try {
      return body.length === 0 ? {} : cbor.deserialize(body);
    } catch {
      throw new AwsError('SerializationException', 'the body is not CBOR');
    }
  },
  write: (_, output) => cbor.serialize(tagged(output)),
  fail: ({ code, message }) => cbor.serialize({ __type: `com.amazonaws.cloudwatch#${code}`, message }),
};

/** With its Dates as CBOR's times, and without what is undefined. */
const tagged = (value: unknown): unknown => {
  if (value instanceof Date) return dateToTag(value);
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[key, tagged(each)]])),
  );
};
