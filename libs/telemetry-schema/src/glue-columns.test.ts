import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { count } from './fields.ts';
import { glueColumnsOf } from './glue-columns.ts';
import { tables } from './tables.ts';
import { examples } from './testing/index.ts';

/** What each column type holds, in JavaScript. */
const holds: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  double: (value) => typeof value === 'number',
  int: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
  bigint: (value) => Number.isSafeInteger(value),
  'array<string>': (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};

describe('glueColumnsOf', () => {
  it.each(Object.entries(tables))('holds every good row of %s, field by field', (name, { schema }) => {
    const columns = glueColumnsOf(schema);
    expect(columns.map((column) => column.name)).toEqual(Object.keys(schema.shape));
    for (const { good } of examples.rows[name as keyof typeof tables]) {
      const row = good as Readonly<Record<string, unknown>>;
      const unfit = columns.filter(({ name: field, type }) => field in row && !holds[type]?.(row[field]));
      expect(unfit).toEqual([]);
    }
  });

  it.each(Object.entries(tables))(
    'describes every column of %s within what Glue keeps',
    (_, { schema, partitionKeys }) => {
      for (const { comment } of [...glueColumnsOf(schema), ...partitionKeys]) {
        expect(comment.length).toBeGreaterThan(5);
        expect(comment.length).toBeLessThanOrEqual(255); // the limit of a Glue comment
      }
    },
  );

  it('makes whole numbers an int only when 32 bits hold their bounds', () => {
    const row = z.object({
      small: count(0, 2 ** 31 - 1).describe('fits'),
      large: count(0, 2 ** 31).describe('does not'),
      low: count(-(2 ** 31) - 1, 0).describe('does not either'),
      open: count(0).describe('has no upper bound'),
    });
    expect(glueColumnsOf(row)).toEqual([
      { name: 'small', type: 'int', comment: 'fits' },
      { name: 'large', type: 'bigint', comment: 'does not' },
      { name: 'low', type: 'bigint', comment: 'does not either' },
      { name: 'open', type: 'bigint', comment: 'has no upper bound' },
    ]);
  });

  it('refuses a field that it cannot describe', () => {
    expect(() => glueColumnsOf(z.object({ bare: z.string() }))).toThrow('field bare needs a description');
    const union = z.union([z.string(), z.number()]).describe('either');
    expect(() => glueColumnsOf(z.object({ union }))).toThrow('field union has no column type');
  });
});
