import { createReadStream } from 'node:fs';
import { jsonSchemaOf } from '@acme/telemetry-schema';
import { CsvError, parse } from 'csv-parse';
import type { Dimension } from '../src/dimensions/index.ts';
import type { SourceLine } from './source-line.ts';

/**
 * The rows of a CSV file (RFC 4180) whose first line names the columns, in any order. A cell is read as its field wants:
 * as a number, as `true` or `false`, else as text; an empty one is left out.
 */
export async function* csvLines(file: string, dimension: Dimension): AsyncGenerator<SourceLine> {
  const types = typesOf(dimension);
  let columns: readonly string[] | undefined;
  const records = createReadStream(file).pipe(parse({ bom: true, info: true, relax_column_count: true }));
  let line = 1;
  try {
    for await (const { record, info } of records as AsyncIterable<CsvRecord>) {
      if (record.length === 1 && record[0] === '') {
        // a blank line is no row
      } else if (columns === undefined) {
        const reason = headReason(record, types);
        if (reason !== undefined) {
          yield { line, reason };
          return;
        }
        columns = record;
      } else if (record.length !== columns.length)
        yield { line, reason: `must have ${columns.length} cells, as its first line has, not ${record.length}` };
      else yield { line, value: rowOf(columns, record, types) };
      line = info.lines + 1;
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

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

type Types = ReadonlyMap<string, string>;

const typesOf = ({ row }: Dimension): Types =>
  new Map(
    Object.entries(jsonSchemaOf(row).properties ?? {}).map(([name, field]) => [
      name,
      typeof field === 'object' ? String(field.type) : 'string',
    ]),
  );

const headReason = (columns: readonly string[], types: Types): string | undefined => {
  const known = [...types.keys()].join(', ');
  const odd = columns.findIndex((name, at) => !types.has(name) || columns.indexOf(name) !== at);
  return odd < 0 ? undefined : `column ${odd + 1} must be another of ${known}`;
};

const rowOf = (columns: readonly string[], cells: readonly string[], types: Types): Record<string, unknown> =>
  Object.fromEntries(
    columns.flatMap((name, at) => (cells[at] === '' ? [] : [[name, valueOf(cells[at] as string, types.get(name))]])),
  );

const valueOf = (cell: string, type: string | undefined): string | number | boolean => {
  if (type === 'boolean' && (cell === 'true' || cell === 'false')) return cell === 'true';
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(cell)) return Number(cell);
  return cell; // the row's schema says what is wrong with it
};
