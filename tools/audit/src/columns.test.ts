import { Receipt, SeenEntry } from '@acme/lambda-kit';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { columnsOf } from './columns.ts';

describe('columnsOf', () => {
  it('reads an entry with the fields and types of its schema', () => {
    expect(columnsOf(SeenEntry)).toEqual({
      source: 'VARCHAR',
      shard: 'VARCHAR',
      first: 'VARCHAR',
      last: 'VARCHAR',
      firstArrivalMs: 'BIGINT',
      lastArrivalMs: 'BIGINT',
      records: 'STRUCT("sequence" VARCHAR, "arrivedAtMs" BIGINT, "lines" BIGINT)[]',
    });
    expect(columnsOf(Receipt)).toMatchObject({
      records: 'STRUCT("shard" VARCHAR, "sequence" VARCHAR, "ids" VARCHAR[])[]',
      totals: 'STRUCT("in" BIGINT, "accepted" BIGINT, "rejected" BIGINT, "failed" BIGINT)',
    });
  });

  it('refuses a schema that it cannot read, by the type', () => {
    expect(() => columnsOf(z.strictObject({ when: z.number() }))).toThrow('no column for a number');
  });
});
