import { styleText } from 'node:util';
import { findingLines } from '@acme/lambda-kit/rows';
import type { Column, Row } from '@acme/laptop-aws/sql';
import { type Paint, terminalTable } from './terminal-table.ts';
import type { Cost } from './sql-engine.ts';

/** More rows than this are for `--csv` and `--json`. */
export const mostRowsShown = 1000;

/** Where an answer is shown: a terminal has a width, a file has not. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Colours on a terminal, unless NO_COLOR says otherwise. */
export const paintFor =
  (output: Output): Paint =>
  (style, text) =>
    output.isTTY ? styleText(style, text, { stream: output }) : text;

/**
 * An answer as people read it: the table, cut to the width of a terminal, then rows, time and bytes.
 *
 * @param rows one more than are shown, if there are more
 */
export const answerView = (
  { columns, rows, ...cost }: { readonly columns: readonly Column[]; readonly rows: readonly Row[] } & Cost,
  output: Output,
): string => {
  const paint = paintFor(output);
  const isCut = rows.length > mostRowsShown;
  const table = terminalTable(
    { columns, rows: rows.slice(0, mostRowsShown) },
    { paint, ...(output.isTTY && output.columns ? { width: output.columns } : {}) },
  );
  const { length } = table.hidden;
  const notes = [
    countText(Math.min(rows.length, mostRowsShown), cost),
    isCut ? ', and there are more: add LIMIT, or --csv or --json for all' : '',
    table.hasNull ? ' (∅ is NULL)' : '',
    length > 0
      ? `\n${length === 1 ? 'One column has' : `${length} columns have`} no room here: ${table.hidden.join(', ')}`
      : '',
  ];
  return `${table.text}\n\n${paint('dim', notes.join(''))}\n`;
};

/** What an answer had to do without, a line each, with what that means; nothing when it had all. */
export const unreadableText = ({ unreadable }: Cost, output: Output): string => {
  if (unreadable === undefined || unreadable.count === 0) return '';
  const paint = paintFor(output);
  const about = 'Cannot be read, and so a line is a row of NULLs, a value NULL, and a broken object left out:';
  return [paint('yellow', about), ...findingLines(unreadable).map((line) => `  ${line}`), ''].join('\n');
};

/** "2 rows in 0.03 s, 1.2 MB read". */
export const countText = (rows: number, cost: Cost): string =>
  `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'} in ${costText(cost)}`;

/** "0.03 s, 1.2 MB read". */
export const costText = ({ elapsedMs, bytesScanned }: Cost): string =>
  `${(elapsedMs / 1000).toFixed(2)} s${bytesScanned === undefined ? '' : `, ${sizeText(bytesScanned)} read`}`;

/** In powers of 1000, as Athena bills. */
const sizeText = (bytes: number): string => {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : Number(value.toPrecision(3))} ${units[power]}`;
};
