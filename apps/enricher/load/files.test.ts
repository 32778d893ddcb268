import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Dimension, dimensions } from '../src/dimensions/index.ts';
import { csvLines } from './csv.ts';
import { ndjsonLines } from './ndjson.ts';
import { notes } from './notes.fixture.ts';
import type { BadRowsError } from './problem.ts';
import { readRows } from './read-rows.ts';

const [customers, , pages] = dimensions;
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'acme-load-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const read = (name: string, dimension: Dimension, content: string | Buffer) => {
  const file = join(dir, name);
  writeFileSync(file, content);
  return readRows(name, dimension, name.endsWith('.csv') ? csvLines(file, dimension) : ndjsonLines(file));
};
const complaints = (name: string, dimension: Dimension, content: string | Buffer): Promise<string[]> =>
  read(name, dimension, content).then(
    () => [],
    (error: BadRowsError) => error.message.split('\n'),
  );

const encoding = 'must be UTF-8 text: save the file as UTF-8 (spreadsheets call it CSV UTF-8)';
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
      'customers.csv:3: is_active must be true or false, spelled so',
      'customers.csv:3: signup_date must be a calendar day, such as 2026-11-21',
      'customers.csv:4: customer_id is missing',
      'customers.csv:5: must have 5 cells, as its first line has, not 2',
      'customers.csv: nothing was loaded; 5 problems are to be mended first',
    ]);
  });

  it.each(['TRUE', 'False', 'yes', '1', ' true'])(
    'has no boolean in %j, and says which two there are',
    async (cell) => {
      expect(await complaints('notes.csv', notes, `note_id,is_new\nn-1,${cell}`)).toEqual([
        'notes.csv:2: is_new must be true or false, spelled so',
        'notes.csv: nothing was loaded; one problem is to be mended first',
      ]);
    },
  );

  it.each([
    ['weight', '1,5', 'must be a number, such as 4.99'],
    ['weight', 'Infinity', 'must be a number, such as 4.99'],
    ['count', '1e3', 'must be a whole number, such as 42'],
    ['count', '4.5', 'must be a whole number, not a fraction'],
  ])('has no number for %s in %j', async (field, cell, reason) => {
    expect(await complaints('notes.csv', notes, `note_id,${field}\nn-1,"${cell}"`)).toEqual([
      `notes.csv:2: ${field} ${reason}`,
      'notes.csv: nothing was loaded; one problem is to be mended first',
    ]);
  });

  it('is refused for cells that are not UTF-8, by the line that their record begins in', async () => {
    const content = Buffer.from(
      'note_id,text\r\nn-1,plain\r\nn-2,"two\r\nlines"\r\n\r\nn-3,"at\r\nthe Caf\xe9"\r\nn-\xe9,x\r\n',
      'latin1',
    );
    expect(await complaints('notes.csv', notes, content)).toEqual([
      `notes.csv:6: text ${encoding}`,
      `notes.csv:8: note_id ${encoding}`,
      'notes.csv: nothing was loaded; 2 problems are to be mended first',
    ]);
    expect(await complaints('notes.csv', notes, Buffer.from('note_id,t\xe9xt\nn-1,x', 'latin1'))).toEqual([
      'notes.csv:1: column 2 must be another of note_id, text, weight, count, is_new',
      'notes.csv: nothing was loaded; one problem is to be mended first',
    ]);
  });

  it('keeps every character of its texts but a byte-order mark at its start', async () => {
    const text = ' \ufeffCafé\u2028\u{1F3AC}\u0000\u00a0';
    expect(await read('notes.csv', notes, `\ufeff"note_id",text\n\ufeffn-1,${text}`)).toEqual([
      { key: '\ufeffn-1', row: { note_id: '\ufeffn-1', text }, line: 2 },
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

  it('is refused for lines that are not UTF-8, with the field where it can be told', async () => {
    const content = Buffer.from(
      '{"note_id":"n-1"}\n{"note_id":"n-2","text":"Caf\xe9"}\n{"note_id":"n-3",\xe9}\n',
      'latin1',
    );
    expect(await complaints('notes.ndjson', notes, content)).toEqual([
      `notes.ndjson:2: text ${encoding}`,
      `notes.ndjson:3: ${encoding}`,
      'notes.ndjson: nothing was loaded; 2 problems are to be mended first',
    ]);
  });

  it('has lines that end at a line feed alone, however its bytes come', async () => {
    const text = `\u2028\u2029\u0085${'é'.repeat(70_000)}`;
    const rows = [{ note_id: 'n-1', text }, { note_id: '\ufeffn-2' }];
    const content = `${JSON.stringify(rows[0])}\r\n \t\r\n${JSON.stringify(rows[1])}`;
    expect(await read('notes.ndjson', notes, content)).toEqual([
      { key: 'n-1', row: rows[0], line: 1 },
      { key: '\ufeffn-2', row: rows[1], line: 3 },
    ]);
  });

  it('leaves out an optional field that is null, and wants the others', async () => {
    expect(await read('notes.ndjson', notes, '{"note_id":"n-1","text":null,"is_new":false}')).toEqual([
      { key: 'n-1', row: { note_id: 'n-1', is_new: false }, line: 1 },
    ]);
    const [complaint] = await complaints('notes.ndjson', notes, '{"note_id":null}');
    expect(complaint).toMatch(/^notes.ndjson:1: note_id must be a string/);
  });

  it('has U+FFFD for half a surrogate pair, also in its keys', async () => {
    const halves = ['{"note_id":"\\ud83d","text":"cut \\ud83d"}', '{"note_id":"\\udc00"}'];
    expect(await read('notes.ndjson', notes, halves[0] as string)).toEqual([
      { key: '\ufffd', row: { note_id: '\ufffd', text: 'cut \ufffd' }, line: 1 },
    ]);
    expect(await complaints('notes.ndjson', notes, halves.join('\n'))).toEqual([
      'notes.ndjson:2: note_id must not be that of line 1 again',
      'notes.ndjson: nothing was loaded; one problem is to be mended first',
    ]);
  });
});

describe('a file of another encoding', () => {
  const rows = { 'notes.csv': 'note_id,text\nn-1,Café\n', 'notes.ndjson': '{"note_id":"n-1","text":"Café"}\n' };
  const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
  it.each(
    Object.entries(rows).flatMap(([name, content]) => [
      [name, 'UTF-16, little-endian', utf16(`\ufeff${content}`)] as const,
      [name, 'UTF-16, big-endian', utf16(`\ufeff${content}`).swap16()] as const,
      [name, 'UTF-16 without a byte-order mark', utf16(content)] as const,
      [name, 'UTF-16, big-endian, without one', utf16(content).swap16()] as const,
      [
        name,
        'UTF-32',
        Buffer.concat([...`\ufeff${content}`].map((each) => Buffer.concat([utf16(each), Buffer.alloc(2)]))),
      ] as const,
    ]),
  )('as %s in %s is refused, and told what to do', async (name, _, content) => {
    expect(await complaints(name, notes, content)).toEqual([
      `${name}:1: must be UTF-8 text, and is UTF-16 or UTF-32: save the file as UTF-8 (spreadsheets call it CSV UTF-8)`,
      `${name}: nothing was loaded; one problem is to be mended first`,
    ]);
  });

  it.each(Object.entries(rows))('is none that begins with the byte-order mark of UTF-8: %s', async (name, content) => {
    const [row] = await read(name, notes, `\ufeff${content}`);
    expect(row?.row).toEqual({ note_id: 'n-1', text: 'Café' });
  });
});

describe('a row that DynamoDB would refuse', () => {
  const ofKey = (note_id: string) => JSON.stringify({ note_id });
  it.each([
    ['an empty key', ofKey(''), 'note_id must not be empty: rows are found by it'],
    [
      'a key of 2,049 bytes',
      ofKey(`${'é'.repeat(1_024)}x`),
      'note_id must be at most 2048 bytes long in UTF-8: rows are found by it',
    ],
    [
      'more than 400 KB',
      JSON.stringify({ note_id: 'n-1', text: 'é'.repeat(204_800) }),
      'text must be shorter: its row has 409685 bytes, of 409600 at most',
    ],
    ...[1e-131, -1e-131, 5e-324, 2 ** 53, 1e126, -1e300].map((weight) => [
      `the number ${weight}`,
      JSON.stringify({ note_id: 'n-1', weight }),
      'weight must be 0, or from 1e-130 to 9007199254740991 on either side of it, to be stored exactly',
    ]),
  ])('for %s is named before anything is loaded', async (_, line, complaint) => {
    expect(await complaints('notes.ndjson', notes, [ofKey('n-0'), line as string].join('\n'))).toEqual([
      `notes.ndjson:2: ${complaint}`,
      'notes.ndjson: nothing was loaded; one problem is to be mended first',
    ]);
  });
});
