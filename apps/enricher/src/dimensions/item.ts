import { type Parsed, parseRow } from '@acme/telemetry-schema';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Dimension } from './dimension.ts';

/** The partition key of every lookup table; there is no sort key. */
export const keyAttribute = 'lookupKey';

/** The attribute that says which version of its row an item holds. */
export const versionAttribute = 'version';

export type Item = Record<string, AttributeValue>;
export type Row = Readonly<Record<string, string | number | boolean | undefined>>;

/** A row of a dimension as its table holds it. */
export interface LookupRow {
  readonly key: string;
  /** Whole, from 1; a newer one of the same key is higher. */
  readonly version: number;
  readonly row: Row;
  /** Until when the row is good, in seconds UTC; it is stale for events that happen later. @default for ever */
  readonly freshUntil?: number | undefined;
}

/** The attribute that says until when an item is good; most have none. */
export const freshUntilAttribute = 'freshUntil';

/** Versions of rows: whole numbers from 1. */
export const Version = z.int().min(1);

const Seconds = z.int().min(0).optional();

/** The key of an item as calls of DynamoDB take it. */
export const lookupKey = (key: string): Item => ({ [keyAttribute]: { S: key } });

/** A row as DynamoDB takes it: key, version, and the fields of the row that are there, each an attribute. */
export const itemOf = ({ key, version, row, freshUntil }: LookupRow): Item =>
  marshall(
    { [keyAttribute]: key, [versionAttribute]: version, [freshUntilAttribute]: freshUntil, ...row },
    { removeUndefinedValues: true },
  );

/**
 * The row that an item of a dimension's table holds, or what is wrong with it: fields that the dimension does not know,
 * a key that is not its row's, or no version. Nothing of the item is quoted.
 */
export const parseItem = (dimension: Dimension, item: Item): Parsed<LookupRow> => {
  const {
    [keyAttribute]: key,
    [versionAttribute]: version,
    [freshUntilAttribute]: freshUntil,
    ...fields
  } = plain(item);
  const parsed = parseRow(dimension.row, fields);
  const checked = Version.safeParse(version);
  const until = Seconds.safeParse(freshUntil);
  const problems = [
    ...(parsed.ok ? [] : parsed.problems),
    ...(checked.success ? [] : [{ field: versionAttribute, reason: 'must be a whole number from 1' }]),
    ...(until.success ? [] : [{ field: freshUntilAttribute, reason: 'must be a time in seconds' }]),
  ];
  if (!parsed.ok || !checked.success || !until.success) return { ok: false, problems };
  const row = parsed.value as Row;
  if (row[dimension.key] !== key)
    return { ok: false, problems: [{ field: keyAttribute, reason: `must be the ${dimension.key} of its row` }] };
  const fresh = until.data === undefined ? {} : { freshUntil: until.data };
  return { ok: true, value: { key: key as string, version: checked.data, row, ...fresh } };
};

/** An item's values; of one that JavaScript cannot hold, such as a number of 38 digits, nothing. */
const plain = (item: Item): Record<string, unknown> => {
  try {
    return unmarshall(item);
  } catch {
    return {}; // the library's own message quotes the value; each field is then named as missing
  }
};
