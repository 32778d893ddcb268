import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Dimension, dimensions } from '../src/dimensions/index.ts';
import { csvLines } from './csv.ts';
import { ndjsonLines } from './ndjson.ts';
import type { BadRowsError } from './problem.ts';
import { readRows } from './read-rows.ts';

const [customers, , pages] = dimensions;
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'acme-load-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const read = (name: string, dimension: Dimension, content: string) => {
  const file = join(dir, name);
  writeFileSync(file, content);
  return readRows(name, dimension, name.endsWith('.csv') ? csvLines(file, dimension) : ndjsonLines(file));
};
const complaints = (name: string, dimension: Dimension, content: string): Promise<string[]> =>
  read(name, dimension, content).then(
    () => [],
    (error: BadRowsError) => error.message.split('\n'),
  );

const head = 'customer_id,subscription_tier,country,is_active,signup_date';
const one = {
  customer_id: 'cus-1',
  subscription_tier: 'basic',
  country: 'DE',
  is_active: true,
  signup_date: '2020-02-29',
};
const other = { ...one, customer_id: 'cus-2', is_active: false };

describe('a CSV file', () => {
  it('gives typed rows by the columns of its first line, in any order, quoted or not', async () => {
    const content =
      '\uFEFFis_active,customer_id,signup_date,country,subscription_tier\r\n' +
      'true,cus-1,2020-02-29,DE,basic\r\n\r\n"false","cus-2","2020-02-29","DE","basic"\r\n';
    expect(await read('customers.csv', customers, content)).toEqual([
      { key: 'cus-1', row: one, line: 2 },
      { key: 'cus-2', row: other, line: 4 },
    ]);
  });

  it('leaves out what is empty, and reads numbers', async () => {
    const content = 'page_path,page_type,product_id,list_price_usd\n/home,home,,\n/title/ttl-1,product,ttl-1,4.99\n';
    expect(await read('pages.csv', pages, content)).toEqual([
      { key: '/home', row: { page_path: '/home', page_type: 'home' }, line: 2 },
      {
        key: '/title/ttl-1',
        row: { page_path: '/title/ttl-1', page_type: 'product', product_id: 'ttl-1', list_price_usd: 4.99 },
        line: 3,
      },
    ]);
  });

  it('is refused as a whole for its bad lines, and each is named with field, reason and line', async () => {
    const rows = [
      'cus-1,gold,DE,true,2020-02-29',
      'cus-2,basic,DE,yes,2020-02-30',
      ',basic,DE,true,2020-01-01',
      'cus-3,basic',
    ];
    expect(
      await complaints('customers.csv', customers, [head, ...rows, 'cus-4,basic,DE,true,2020-01-01'].join('\n')),
    ).toEqual([
      'customers.csv:2: subscription_tier must be one of free_with_ads, basic, standard, premium',
      'customers.csv:3: is_active must be a boolean, not a string',
      'customers.csv:3: signup_date must be a calendar day, such as 2026-11-21',
      'customers.csv:4: customer_id is missing',
      'customers.csv:5: must have 5 cells, as its first line has, not 2',
      'customers.csv: nothing was loaded; 5 problems are to be mended first',
    ]);
  });

  it('is refused for a key that is there twice', async () => {
    const line = 'cus-1,basic,DE,true,2020-02-29';
    expect(await complaints('customers.csv', customers, [head, line, line].join('\n'))).toEqual([
      'customers.csv:3: customer_id must not be that of line 2 again',
      'customers.csv: nothing was loaded; one problem is to be mended first',
    ]);
  });

  it.each([
    [
      'a column that is none of its dimension',
      `email,${head}\nann@example.com,cus-1,basic,DE,true,2020-02-29`,
      /:1: column 1 must be another of customer_id/,
    ],
    ['a column that is there twice', `${head},country\n`, /:1: column 6 must be another of/],
    [
      'a quote that is not closed',
      `${head}\ncus-1,"basic,DE,true,2020-02-29\n`,
      /:2: must be CSV: a quote is not closed/,
    ],
    ['no rows', `${head}\n`, /:1: must have a row/],
    ['nothing', '', /:1: must have a row/],
  ])('is refused that has %s', async (_, content, reason) => {
    const [first = ''] = await complaints('customers.csv', customers, content);
    expect(first).toMatch(reason);
    expect(first).not.toContain('ann@');
  });
});

describe('a file of NDJSON', () => {
  it('gives the rows of its lines, blank ones left out', async () => {
    const content = `\uFEFF${JSON.stringify(one)}\n\n${JSON.stringify(other)}\r\n`;
    expect(await read('customers.ndjson', customers, content)).toEqual([
      { key: 'cus-1', row: one, line: 1 },
      { key: 'cus-2', row: other, line: 3 },
    ]);
  });

  it('is refused as a whole for its bad lines, none of which is quoted', async () => {
    const lines = [
      '{"customer_id":"cus-1",',
      '"secret-text"',
      JSON.stringify({ ...one, email: 'ann@example.com' }),
      JSON.stringify({ ...one, customer_id: 7 }),
    ];
    expect(await complaints('customers.ndjson', customers, lines.join('\n'))).toEqual([
      'customers.ndjson:1: must be valid JSON',
      'customers.ndjson:2: must be an object, not a string',
      'customers.ndjson:3: must have no fields but customer_id, subscription_tier, country, is_active, signup_date',
      'customers.ndjson:4: customer_id must be a string, not a number',
      'customers.ndjson: nothing was loaded; 4 problems are to be mended first',
    ]);
  });
});
