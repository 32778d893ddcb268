import { parseRow } from '@acme/telemetry-schema';
import type { Dimension, Row } from '../src/dimensions/index.ts';
import { BadRowsError, type Problem } from './problem.ts';
import type { SourceLine } from './source-line.ts';
import { unstorable } from './storable.ts';

/** A row that is to be loaded, and its key. */
export interface KeyedRow {
  readonly key: string;
  readonly row: Row;
  /** Of its source, from 1. */
  readonly line: number;
}

/**
 * The rows of a source, all checked: each fits its dimension, DynamoDB takes it, and no key is there twice. Half a
 * surrogate pair in a text is U+FFFD. They are held in memory, about 1 KB each, so that a source with a bad line is not
 * loaded in part.
 *
 * @throws BadRowsError that names every bad line, and field where it is one
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
    const { unread = [] } = read;
    if (!parsed.ok || unread.length > 0) {
      const found = [...(parsed.ok ? [] : parsed.problems), ...unread].map(
        ({ field, reason }) => [field, reason] as const,
      );
      // Why a field cannot be read says more than that it is missing.
      for (const [field, reason] of new Map(found))
        problems.push({ line, ...(field === '(row)' ? {} : { field }), reason });
      continue;
    }
    const row = wellFormed(parsed.value as Row);
    const refused = unstorable(dimension, row);
    if (refused !== undefined) {
      problems.push({ line, ...refused });
      continue;
    }
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

const wellFormed = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? value.toWellFormed() : value]),
  );
