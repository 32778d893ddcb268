import {
  type Dimension,
  freshUntilAttribute,
  keyAttribute,
  type Row,
  versionAttribute,
} from '../src/dimensions/index.ts';
import type { Unread } from './source-line.ts';

/** Bytes of an item, names and values together (item size, DynamoDB quotas). */
export const mostItemBytes = 400 * 1024;

/** Bytes of a partition key, at least one (partition key length, DynamoDB quotas). */
export const mostKeyBytes = 2_048;

/** The number nearest to zero, either side, that is not zero (numbers, DynamoDB naming rules and data types). */
const leastMagnitude = 1e-130;

/** The most bytes that a number takes: half a byte for each of 38 digits, one, and one for a sign (item sizes and formats). */
const numberBytes = 21;

/**
 * What DynamoDB would refuse of a row that is otherwise good, or could not give back; undefined when nothing. It would
 * say so in the midst of a load, and of a whole call.
 *
 * @param row well-formed text: DynamoDB takes UTF-8
 */
export const unstorable = ({ key }: Dimension, row: Row): Unread | undefined => {
  const keyBytes = Buffer.byteLength(String(row[key]));
  if (keyBytes === 0) return { field: key, reason: 'must not be empty: rows are found by it' };
  if (keyBytes > mostKeyBytes)
    return { field: key, reason: `must be at most ${mostKeyBytes} bytes long in UTF-8: rows are found by it` };
  let itemBytes =
    keyAttribute.length + keyBytes + versionAttribute.length + freshUntilAttribute.length + 2 * numberBytes;
  let longest = { field: key, bytes: 0 };
  for (const [field, value] of Object.entries(row)) {
    if (value === undefined) continue;
    if (typeof value === 'number' && !isStorable(value))
      return {
        field,
        reason: `must be 0, or from ${leastMagnitude} to ${Number.MAX_SAFE_INTEGER} on either side of it, to be stored exactly`,
      };
    const bytes = typeof value === 'string' ? Buffer.byteLength(value) : typeof value === 'number' ? numberBytes : 1;
    itemBytes += Buffer.byteLength(field) + bytes;
    if (bytes > longest.bytes) longest = { field, bytes };
  }
  if (itemBytes <= mostItemBytes) return undefined;
  return {
    field: longest.field,
    reason: `must be shorter: its row has ${itemBytes} bytes, of ${mostItemBytes} at most`,
  };
};

/** Beyond whole numbers that JavaScript holds exactly, the SDK takes and gives none (@aws-sdk/util-dynamodb). */
const isStorable = (value: number): boolean =>
  value === 0 || (Math.abs(value) >= leastMagnitude && Math.abs(value) <= Number.MAX_SAFE_INTEGER);
