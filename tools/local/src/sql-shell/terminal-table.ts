import type { styleText } from 'node:util';
import { fitted, type QueryResult } from '@acme/laptop-aws/sql';
import type { Json } from '@duckdb/node-api';

/** Paints a text for whoever looks, or leaves it plain. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const plain: Paint = (_, text) => text;
const numeric = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|REAL|DECIMAL)/;
/** Longer cells end in an ellipsis: a terminal is for looking, `--json` and `--csv` for all there is. */
const widestCell = 60;

export interface TerminalTable {
  readonly text: string;
  /** Names of the columns for which there was no room. */
  readonly hidden: readonly string[];
  readonly hasNull: boolean;
}

/**
 * Rows as a table for a terminal: numbers to the right, NULL as ∅, control characters visible.
 *
 * @param width of the terminal in characters: wide columns are cut to it, and the last ones left out
 */
export const terminalTable = (
  { columns, rows }: Pick<QueryResult, 'columns' | 'rows'>,
  { width = Infinity, paint = plain }: { readonly width?: number; readonly paint?: Paint } = {},
): TerminalTable => {
  const cells = rows.map((row) => columns.map(({ name }) => cell(row[name] ?? null)));
  const names = columns.map(({ name }) => shown(name));
  const natural = names.map((name, column) =>
    Math.min(widestCell, Math.max(name.length, ...cells.map((row) => (row[column] as string).length))),
  );
  const widths = fitted(natural, width);
  const line = (texts: readonly string[], style?: Parameters<Paint>[0]): string =>
    widths
      .map((room, column) => {
        const text = cut(texts[column] as string, room);
        const isRight = numeric.test(columns[column]?.type ?? '');
        const padded = isRight ? text.padStart(room) : column === widths.length - 1 ? text : text.padEnd(room);
        return style ? paint(style, padded) : text === '∅' ? padded.replace('∅', paint('dim', '∅')) : padded;
      })
      .join('  ')
      .replace(/ +$/, '');
  return {
    text: [
      line(names, 'bold'),
      paint('dim', widths.map((room) => '─'.repeat(room)).join('  ')),
      ...cells.map((row) => line(row)),
    ].join('\n'),
    hidden: names.slice(widths.length),
    hasNull: cells.some((row) => row.slice(0, widths.length).includes('∅')),
  };
};

const cell = (value: Json): string => {
  if (value === null) return '∅';
  return shown(typeof value === 'object' ? JSON.stringify(value) : String(value));
};

const cut = (text: string, room: number): string => (text.length <= room ? text : `${text.slice(0, room - 1)}…`);

/** Data may hold anything; what would steer the terminal is shown as its picture. */
const shown = (text: string): string =>
  text
    .replace(/[\x00-\x1f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replace(/[\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '�');
