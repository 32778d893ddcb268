import type { Judged } from './row.ts';

/** Measurements as lines of a table: name, measured, at least (or at most), ratio, verdict. */
export const tableLines = (rows: readonly Judged[]): string[] => {
  const cells = [['', 'measured', 'wanted', 'ratio', 'verdict'], ...rows.map(cellsOf)];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => (row[column] as string).length)));
  return cells.map((row) =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0;
        return column === 0 || column === 4 ? text.padEnd(width) : text.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
};

const cellsOf = ({ name, value, unit, atLeast, atMost, ratio, verdict, about }: Judged): string[] => [
  name,
  `${figure(value)} ${unit}`,
  atLeast !== undefined ? `≥ ${figure(atLeast)}` : atMost !== undefined ? `≤ ${figure(atMost)}` : '',
  ratio === undefined ? '' : `${ratio.toFixed(2)}×`,
  [verdict === 'for comparison' ? '' : verdict, about ? `(${about})` : ''].filter(Boolean).join('  '),
];

/** Three digits that matter, or the whole part: 1,234,567  39.2  4.05 */
const figure = (value: number): string => {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
};
