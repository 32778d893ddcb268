import { createReadStream } from 'node:fs';
import { jsonSchemaOf } from '@acme/telemetry-schema';
import { CsvError, parse } from 'csv-parse';
import type { Dimension } from '../src/dimensions/index.ts';
import { beginningOf, notUtf8, textOf } from './encoding.ts';
import type { SourceLine, Unread } from './source-line.ts';

/**
 * The rows of a CSV file (RFC 4180) in UTF-8, with a byte-order mark or without, whose first line names the columns, in
 * any order. A cell is read as its field wants: as a number, as `true` or `false` and nothing else, or as text; an empty
 * one is left out. What is wrong with a record is told of the line that it begins in.
 */
export async function* csvLines(file: string, dimension: Dimension): AsyncGenerator<SourceLine> {
  const beginning = await beginningOf(file);
  if ('reason' in beginning) {
    yield { line: 1, ...beginning };
    return;
  }
  const types = typesOf(dimension);
  let columns: readonly string[] | undefined;
  const records = createReadStream(file, beginning).pipe(parse({ encoding: null, relax_column_count: true }));
  let line = 1;
  try {
    for await (const record of records as AsyncIterable<readonly Buffer[]>) {
      if (record.length === 1 && record[0]?.length === 0) {
        // a blank line is no row
      } else if (columns === undefined) {
        const head = record.map(textOf);
        const reason = headReason(head, types);
        if (reason !== undefined) {
          yield { line, reason };
          return;
        }
        columns = head as string[];
      } else if (record.length !== columns.length)
        yield { line, reason: `must have ${columns.length} cells, as its first line has, not ${record.length}` };
      else yield { line, ...rowOf(columns, record, types) };
      line += 1 + breaksIn(record);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The library's own message quotes the text, and it cannot read on from there.
    yield {
      line,
      reason:
        'must be CSV: a quote is not closed, or stands within a cell that has none around it; what follows was not read',
    };
  }
}

/** Line breaks within the cells of a record: LF, CR LF or CR (the library's own count has CR LF twice). */
const breaksIn = (record: readonly Buffer[]): number =>
  record.reduce((sum, cell) => sum + (cell.toString('latin1').match(/\r\n?|\n/g)?.length ?? 0), 0);

type Types = ReadonlyMap<string, string>;

const typesOf = ({ row }: Dimension): Types =>
  new Map(
    Object.entries(jsonSchemaOf(row, { nulls: false }).properties ?? {}).map(([name, field]) => [
      name,
      typeof field === 'object' ? String(field.type) : 'string',
    ]),
  );

const headReason = (columns: readonly (string | undefined)[], types: Types): string | undefined => {
  const known = [...types.keys()].join(', ');
  const odd = columns.findIndex((name, at) => name === undefined || !types.has(name) || columns.indexOf(name) !== at);
  return odd < 0 ? undefined : `column ${odd + 1} must be another of ${known}`;
};

const rowOf = (
  columns: readonly string[],
  cells: readonly Buffer[],
  types: Types,
): { readonly value: Record<string, unknown>; readonly unread: readonly Unread[] } => {
  const value: Record<string, unknown> = {};
  const unread: Unread[] = [];
  for (const [at, field] of columns.entries()) {
    const cell = textOf(cells[at] as Buffer);
    if (cell === '') continue;
    const read = cell === undefined ? { reason: notUtf8 } : valueOf(cell, types.get(field));
    if (typeof read === 'object') unread.push({ field, ...read });
    else value[field] = read;
  }
  return { value, unread };
};

const valueOf = (cell: string, type: string | undefined): string | number | boolean | { readonly reason: string } => {
  switch (type) {
    case 'boolean':
      return cell === 'true' || cell === 'false' ? cell === 'true' : { reason: 'must be true or false, spelled so' };
    case 'integer':
    case 'number':
      if (/^-?\d+(\.\d+)?$/.test(cell)) return Number(cell);
      return { reason: type === 'number' ? 'must be a number, such as 4.99' : 'must be a whole number, such as 42' };
    default:
      return cell;
  }
};
