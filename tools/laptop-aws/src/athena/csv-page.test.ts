import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Cells, csvPage, linesPage } from './csv-page.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'csv-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const written = (rows: readonly Cells[]): string => {
  const cell = (value: string | undefined): string => (value === undefined ? '' : `"${value.replaceAll('"', '""')}"`);
  const file = join(dir, 'result.csv');
  writeFileSync(file, rows.map((row) => `${row.map(cell).join(',')}\n`).join(''));
  return file;
};

const pages = async (file: string, size: number): Promise<Cells[][]> => {
  const all: Cells[][] = [];
  for (let at: number | undefined = 0; at !== undefined;) {
    const page: Awaited<ReturnType<typeof csvPage>> = await csvPage(file, at, size);
    all.push([...page.rows]);
    at = page.next;
  }
  return all;
};

describe('a page of a result', () => {
  it('gives back every value, in pages of any size', async () => {
    const value = fc.option(fc.string({ unit: fc.constantFrom('"', ',', '\n', 'é', '😀', 'a') }), { nil: undefined });
    const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 4 }), async (table, size) => {
        const read = await pages(written(table), size);
        expect(read.flat()).toEqual(table);
        expect(read.every((page) => page.length <= size)).toBe(true);
      }),
    );
  });

  it('goes on after values that are longer than what is read at once', async () => {
    const table = ['x', 'y', 'z'].map((char) => [char.repeat(100_000), '\n"']);
    expect(await pages(written(table), 1)).toEqual(table.map((row) => [row]));
  });

  it('of plain text has a row a line, in cells where there are tabs', async () => {
    const file = join(dir, 'result.txt');
    writeFileSync(file, 'é\tint\nb\n\n');
    expect(await linesPage(file, 0, 2)).toEqual({ rows: [['é', 'int'], ['b']], next: 9 });
    expect(await linesPage(file, 9, 2)).toEqual({ rows: [['']], next: undefined });
    expect(await linesPage(file, 0, 3)).toEqual({ rows: [['é', 'int'], ['b'], ['']], next: undefined });
  });
});
