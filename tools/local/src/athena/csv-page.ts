import { createReadStream } from 'node:fs';

/** A value of a row; undefined is NULL. */
export type Cells = readonly (string | undefined)[];

export interface CsvPage {
  readonly rows: readonly Cells[];
  /** Where the next page begins, in bytes; undefined after the last row. */
  readonly next: number | undefined;
}

/**
 * Some rows of a result as `runSelect` wrote it, whose every value is in quotes: `"a","say ""b""",,""` has a NULL and
 * an empty text.
 *
 * @param at where a row begins, in bytes
 */
export const csvPage = async (file: string, at: number, size: number): Promise<CsvPage> => {
  const rows: Cells[] = [];
  let rest = '';
  let next = at;
  for await (const chunk of createReadStream(file, { start: at, encoding: 'utf8' }) as AsyncIterable<string>) {
    rest += chunk;
    for (let end = endOfRow(rest); end >= 0; end = endOfRow(rest)) {
      if (rows.length === size) return { rows, next };
      rows.push(cellsOf(rest.slice(0, end)));
      next += Buffer.byteLength(rest.slice(0, end + 1));
      rest = rest.slice(end + 1);
    }
  }
  return { rows, next: undefined };
};

/** The first line break outside of quotes. */
const endOfRow = (text: string): number => {
  let quotes = 0;
  for (let from = 0, end = text.indexOf('\n'); end >= 0; from = end, end = text.indexOf('\n', end + 1)) {
    for (let quote = text.indexOf('"', from); quote >= 0 && quote < end; quote = text.indexOf('"', quote + 1)) quotes++;
    if (quotes % 2 === 0) return end;
  }
  return -1;
};

const cellsOf = (row: string): Cells =>
  [...`${row},`.matchAll(/(?:"((?:[^"]|"")*)")?,/g)].map(([, value]) => value?.replaceAll('""', '"'));

/** Some lines of a result that is plain text, as the cells of one column. */
export const linesPage = async (file: string, at: number, size: number): Promise<CsvPage> => {
  let text = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8' }) as AsyncIterable<string>) text += chunk;
  const lines = text.split('\n').slice(0, -1);
  const rows = lines.slice(at, at + size).map((line) => line.split('\t'));
  return { rows, next: at + size < lines.length ? at + size : undefined };
};
