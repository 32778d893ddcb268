import { describe, expect, it } from '@jest/globals';
import { glueColumnsOf, tables } from '@acme/telemetry-schema';
import { selectList, sqlType } from './select-list.ts';

describe('sqlType', () => {
  it.each([
    ['string', 'VARCHAR'],
    ['int', 'INTEGER'],
    ['bigint', 'BIGINT'],
    ['double', 'DOUBLE'],
    ['boolean', 'BOOLEAN'],
    ['array<string>', 'VARCHAR[]'],
  ])('of %s is %s', (hiveType, type) => {
    expect(sqlType(hiveType)).toBe(type);
  });

  it('knows the type of every column of the lake', () => {
    const types = Object.values(tables).flatMap(({ schema }) => glueColumnsOf(schema).map(({ type }) => sqlType(type)));
    expect(types).not.toContain(undefined);
  });

  it('refuses a type that it does not know', () => {
    expect(() => sqlType('decimal(10,2)')).toThrow('columns of type decimal(10,2) have no DuckDB type');
  });
});

describe('selectList', () => {
  it('has the columns of the table in its order, and NULL of the right type for one that is new', () => {
    const columns = [
      { name: 'title_id', type: 'string', comment: '' },
      { name: 'spoken', type: 'array<string>', comment: '' },
      { name: 'minutes', type: 'int', comment: '' },
    ];
    expect(selectList(columns, { minutes: 'm', title_id: 't' })).toBe(
      't AS "title_id", NULL::VARCHAR[] AS "spoken", m AS "minutes"',
    );
  });
});
