// What enricher:load does to a lookup table, on the laptop's DynamoDB.
import {
  type BatchWriteItemCommandInput,
  type BatchWriteItemCommandOutput,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadRows } from '../../../../apps/enricher/load/load-rows.ts';
import { notes } from '../../../../apps/enricher/load/notes.fixture.ts';
import { HeldBackError, type LookupTable, lookupTable } from '../../../../apps/enricher/load/lookup-table.ts';
import { readRows } from '../../../../apps/enricher/load/read-rows.ts';
import { unstorable } from '../../../../apps/enricher/load/storable.ts';
import { universeLines } from '../../../../apps/enricher/load/universe-lines.ts';
import { dimensions, itemOf, parseItem, type Row } from '../../../../apps/enricher/src/dimensions/index.ts';
import { someLookupTables, type SomeLookupTables } from './some-lookup-tables.fixture.ts';

const [, titles] = dimensions;
const table = titles.tableName;
const rowsOf = (seed: number) => readRows('titles', titles, universeLines('titles', seed));
const named = async (name: string, keys: readonly number[], version?: number) => ({
  source: 'titles.csv',
  rows: (await rowsOf(1))
    .filter((_, at) => keys.includes(at))
    .map((row) => ({ ...row, row: { ...row.row, title_name: name } })),
  version,
});
const counts = { rows: 1, added: 0, changed: 0, same: 0, older: 0 };

describe('load', () => {
  let tables: SomeLookupTables;
  let stored: LookupTable;
  beforeEach(async () => {
    tables = await someLookupTables();
    stored = lookupTable(tables.client, table);
  });
  afterEach(() => tables.close());

  const versions = async () =>
    Object.fromEntries(
      (await tables.items(table)).map(({ title_name, version }) => [title_name?.S, Number(version?.N)]),
    );

  it('brings every row in, once, and the same again changes nothing', async () => {
    const rows = await rowsOf(1);
    const done: number[] = [];
    const load = { source: 'titles', rows, table: stored, onProgress: (sum: number) => done.push(sum) };
    expect(await loadRows(load)).toEqual({ rows: 1_000, added: 1_000, changed: 0, same: 0, older: 0 });
    expect(done.at(-1)).toBe(1_000);
    const items = await tables.items(table);
    expect(items).toEqual(rows.map(({ key, row }) => itemOf({ key, version: 1, row })));
    expect(await loadRows(load)).toEqual({ rows: 1_000, added: 0, changed: 0, same: 1_000, older: 0 });
    expect(await tables.items(table)).toEqual(items);
  });

  it('makes what says otherwise one version newer, and leaves the rest as it is', async () => {
    await loadRows({ ...(await named('first', [0, 1])), table: stored });
    const second = { ...(await named('second', [1, 2])), table: stored };
    expect(await loadRows(second)).toEqual({ ...counts, rows: 2, added: 1, changed: 1 });
    expect((await tables.items(table)).map(({ title_name, version }) => [title_name?.S, version?.N])).toEqual([
      ['first', '1'],
      ['second', '2'],
      ['second', '1'],
    ]);
    expect(await loadRows(second)).toEqual({ ...counts, rows: 2, same: 2 });
  });

  it('never replaces a newer version by an older one, in whatever order they come', async () => {
    for (const [version, name] of [
      [5, 'fifth'],
      [3, 'third'],
      [7, 'seventh'],
      [6, 'sixth'],
    ] as const)
      await loadRows({ ...(await named(name, [0], version)), table: stored });
    expect(await versions()).toEqual({ seventh: 7 });
    expect(await loadRows({ ...(await named('sixth', [0], 6)), table: stored })).toEqual({ ...counts, older: 1 });
  });

  it('keeps the newest of many loads at the same time', async () => {
    await loadRows({ ...(await named('first', [0, 1, 2], 1)), table: stored });
    const loads = await Promise.all([4, 2, 6, 3, 5].map((version) => named(`of ${version}`, [0, 1, 2], version)));
    await Promise.all(loads.map((load) => loadRows({ ...load, table: stored })));
    expect(await versions()).toEqual({ 'of 6': 6 });
  });

  it('refuses, and writes nothing of, a version that says otherwise than before', async () => {
    await loadRows({ ...(await named('one', [1], 4)), table: stored });
    await expect(loadRows({ ...(await named('other', [0, 1], 4)), table: stored })).rejects.toThrow(
      'titles.csv:2: is not what the table has under this very version: give a higher --version',
    );
    expect(await versions()).toEqual({ one: 4 });
  });

  it('says anew until when rows are good without making them newer', async () => {
    const load = { ...(await named('same', [0])), table: stored };
    await loadRows(load);
    expect(await loadRows({ ...load, freshUntil: 1_800_000_000 })).toEqual({ ...counts, changed: 1 });
    expect(await tables.items(table)).toEqual([
      expect.objectContaining({ version: { N: '1' }, freshUntil: { N: '1800000000' } }),
    ]);
  });

  const longest = 400 * 1024 - 85;
  it.each([
    ['a key of 2,048 bytes', { note_id: 'é'.repeat(1_024) }, { note_id: `${'é'.repeat(1_024)}x` }],
    ['a key', { note_id: ' ' }, { note_id: '' }],
    ['400 KB', { note_id: 'n-1', text: 'x'.repeat(longest) }, { note_id: 'n-1', text: 'x'.repeat(longest + 85) }],
    ['the smallest number', { note_id: 'n-1', weight: -1e-130 }, { note_id: 'n-1', weight: -1e-131 }],
  ])('loads and gives back %s, and no more, as DynamoDB does', async (_, row: Row, tooMuch: Row) => {
    const load = async (one: Row) =>
      loadRows({ source: 'notes', rows: [{ key: String(one['note_id']), row: one, line: 1 }], table: stored });
    expect(unstorable(notes, row)).toBeUndefined();
    expect(await load(row)).toEqual({ ...counts, added: 1 });
    const [item = {}] = await tables.items(table);
    expect(parseItem(notes, item)).toEqual({ ok: true, value: { key: row['note_id'], version: 1, row } });

    expect(unstorable(notes, tooMuch)).toBeDefined();
    await expect(load(tooMuch)).rejects.toThrow();
  });

  it('gives back the largest whole number, and takes no larger one', async () => {
    const row = { note_id: 'n-1', count: -Number.MAX_SAFE_INTEGER };
    expect(unstorable(notes, row)).toBeUndefined();
    await loadRows({ source: 'notes', rows: [{ key: 'n-1', row, line: 1 }], table: stored });
    const [item = {}] = await tables.items(table);
    expect(parseItem(notes, item)).toMatchObject({ ok: true, value: { row } });
    expect(unstorable(notes, { ...row, count: 2 ** 53 })).toBeDefined();
  });

  it('mends an item that has no version', async () => {
    const load = { ...(await named('mended', [0])), table: stored };
    const { version: _, ...broken } = itemOf({ key: 'ttl-0001', version: 1, row: { title_id: 'ttl-0001' } });
    await stored.write([broken]);
    expect(await loadRows(load)).toEqual({ ...counts, changed: 1 });
    expect(await versions()).toEqual({ mended: 1 });
  });

  it('sends again what DynamoDB held back, and goes on where a load broke off', async () => {
    const rows = await rowsOf(1);
    let calls = 0;
    const holdingBack = new DynamoDBClient(tables.settings);
    // Of each call the real table takes the first three items, as it does when it has much to do.
    holdingBack.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName !== 'BatchWriteItemCommand') return next(args);
          calls += 1;
          const all = (args.input as BatchWriteItemCommandInput).RequestItems?.[table] ?? [];
          const result = await next({ ...args, input: { RequestItems: { [table]: all.slice(0, 3) } } });
          const output = result.output as unknown as BatchWriteItemCommandOutput;
          output.UnprocessedItems = all.length > 3 ? { [table]: all.slice(3) } : {};
          return result;
        },
      { step: 'initialize' },
    );
    const patient = lookupTable(holdingBack, table, () => () => 1);
    const impatient = lookupTable(holdingBack, table, () => (attempt) => (attempt > 2 ? undefined : 1));

    await expect(loadRows({ source: 'titles', rows: rows.slice(0, 50), table: impatient })).rejects.toThrow(
      HeldBackError,
    );
    const before = (await tables.items(table)).length;
    expect([before > 0, before < 50]).toEqual([true, true]);

    calls = 0;
    expect(await loadRows({ source: 'titles', rows: rows.slice(0, 100), table: patient })).toEqual({
      rows: 100,
      added: 100 - before,
      changed: 0,
      same: before,
      older: 0,
    });
    expect(calls).toBeGreaterThan((100 - before) / 3 - 1);
    expect(await tables.items(table)).toHaveLength(100);
    holdingBack.destroy();
  });
});
