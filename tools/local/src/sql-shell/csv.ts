import type { Column, Row } from '@acme/laptop-aws/sql';
import type { Json } from '@duckdb/node-api';

/**
 * Lines of CSV as RFC 4180 has them, each ended by CR LF. NULL is an empty field and empty text a pair of quotes; lists
 * and structures are JSON.
 */
export const csvHeader = (columns: readonly Column[]): string => line(columns.map(({ name }) => name));

export const csvRows = (columns: readonly Column[], rows: readonly Row[]): string =>
  rows.map((row) => line(columns.map(({ name }) => row[name] ?? null))).join('');

const line = (values: readonly Json[]): string => `${values.map(field).join(',')}\r\n`;

const field = (value: Json): string => {
  if (value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
