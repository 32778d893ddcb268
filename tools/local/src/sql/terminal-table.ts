import type { Json } from '@duckdb/node-api';
import type { QueryResult } from './query-lake.ts';

const numeric = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL)/;
/** Longer cells end in an ellipsis: a terminal is for looking, `--json` for all there is. */
const widestCell = 60;

/** Rows as a table for a terminal: numbers to the right, NULL as ∅, control characters visible. */
export const terminalTable = ({ columns, rows }: Pick<QueryResult, 'columns' | 'rows'>): string => {
  const cells = rows.map((row) => columns.map(({ name }) => cell(row[name] ?? null)));
  const widths = columns.map(({ name }, column) =>
    Math.max(shown(name).length, ...cells.map((row) => (row[column] as string).length)),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, column) => {
        const width = widths[column] as number;
        return numeric.test(columns[column]?.type ?? '') ? text.padStart(width) : text.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [
    line(columns.map(({ name }) => shown(name))),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...cells.map(line),
  ].join('\n');
};

const cell = (value: Json): string => {
  if (value === null) return '∅';
  const text = shown(typeof value === 'object' ? JSON.stringify(value) : String(value));
  return text.length <= widestCell ? text : `${text.slice(0, widestCell - 1)}…`;
};

/** Data may hold anything; what would steer the terminal is shown as its picture. */
const shown = (text: string): string =>
  text
    .replace(/[\x00-\x1f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replace(/[\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '�');
