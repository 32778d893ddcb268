import { createReadStream } from 'node:fs';
import { type Options, parse } from 'csv-parse';

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
  let next = at;
  const source = createReadStream(file, { start: at });
  const parser = parse(format);
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Cells; info: { bytes: number } }>) {
      if (rows.length === size) return { rows, next };
      rows.push(record);
      next = at + info.bytes;
    }
  } finally {
    source.destroy();
  }
  return { rows, next: undefined };
};

const format: Options = {
  info: true,
  relax_column_count: true,
  cast: (value, { quoting }) => (quoting || value !== '' ? value : undefined),
};

/** Some lines of a result that is plain text, in cells where there are tabs. @param at where a line begins, in bytes */
export const linesPage = async (file: string, at: number, size: number): Promise<CsvPage> => {
  const rows: Cells[] = [];
  let rest = '';
  let next = at;
  for await (const chunk of createReadStream(file, { start: at, encoding: 'utf8' }) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (rows.length === size) return { rows, next };
      rows.push(line.split('\t'));
      next += Buffer.byteLength(line) + 1;
    }
  }
  return { rows, next: undefined };
};
