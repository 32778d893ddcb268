import { parseRow } from '@acme/telemetry-schema';
import type { Dimension, Row } from '../src/dimensions/index.ts';
import { BadRowsError, type Problem } from './problem.ts';
import type { SourceLine } from './source-line.ts';

/** A row that is to be loaded, and its key. */
export interface KeyedRow {
  readonly key: string;
  readonly row: Row;
  /** Of its source, from 1. */
  readonly line: number;
}

/**
 * The rows of a source, all checked: each fits its dimension, and no key is there twice. They are held in memory, about
 * 1 KB each, so that a source with a bad line is not loaded in part.
 *
 * @throws BadRowsError that names every bad line
 */
export const readRows = async (
  source: string,
  dimension: Dimension,
  lines: Iterable<SourceLine> | AsyncIterable<SourceLine>,
): Promise<KeyedRow[]> => {
  const rows: KeyedRow[] = [];
  const problems: Problem[] = [];
  const lineOf = new Map<string, number>();
  for await (const read of lines) {
    const { line } = read;
    if ('reason' in read) {
      problems.push(read);
      continue;
    }
    const parsed = parseRow(dimension.row, read.value);
    if (!parsed.ok) {
      for (const { field, reason } of parsed.problems)
        problems.push({ line, ...(field === '(row)' ? {} : { field }), reason });
      continue;
    }
    const row = parsed.value as Row;
    const key = row[dimension.key] as string;
    const before = lineOf.get(key);
    if (before === undefined) rows.push({ key, row, line });
    else problems.push({ line, field: dimension.key, reason: `must not be that of line ${before} again` });
    lineOf.set(key, before ?? line);
  }
  if (rows.length === 0 && problems.length === 0) problems.push({ line: 1, reason: 'must have a row' });
  if (problems.length > 0) throw new BadRowsError(source, problems);
  return rows;
};
