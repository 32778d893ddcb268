import { once } from 'node:events';
import { type Column, type Row, SqlError } from '@acme/laptop-aws/sql';
import type { Json } from '@duckdb/node-api';
import { advised, unknownTable } from './advice.ts';
import { countText, type Output, unreadableText } from './answer-view.ts';
import { csvHeader, csvRows } from './csv.ts';
import { showAnswer } from './show-answer.ts';
import type { SqlEngine } from './sql-engine.ts';
import { statementsOf } from './statements.ts';

export interface Asked {
  readonly engine: SqlEngine;
  /** Several statements, each ended by a semicolon, only as tables: another form is of one. */
  readonly sql: string;
  readonly form: 'table' | 'csv' | 'json';
  readonly output: Output;
  /**
   * Where it says what could not be read; and rows, time and bytes of another form than a table, if a person looks
   * there.
   */
  readonly notes: Output;
}

/**
 * Runs what the command line or a pipe said. Ctrl-C stops the statement.
 *
 * @returns whether it ran to its end
 * @throws SqlError for the statement's writer, with what to do
 */
export const runOnce = async (asked: Asked): Promise<boolean> => {
  const { engine, sql, form, output, notes } = asked;
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt);
  try {
    if (form === 'table') {
      const { complete, rest, isOpen } = statementsOf(sql);
      const statements = [...complete, ...(isOpen || complete.length === 0 ? [rest] : [])];
      for (const statement of statements) await showAnswer(engine, statement, output, notes, stop.signal);
    } else {
      await write(asked, form === 'csv' ? csvForm() : jsonForm(), stop.signal);
    }
    return true;
  } catch (error) {
    if (stop.signal.aborted) return false;
    if (!(error instanceof SqlError) || unknownTable(error.message) === undefined) throw error;
    const names = (await engine.tables()).map(({ name }) => name);
    throw new SqlError(advised(error.message, names), { cause: error });
  } finally {
    process.off('SIGINT', onInterrupt);
  }
};

/** Text around and between rows, written as they come. */
interface Form {
  readonly part: (rows: readonly Row[], columns: readonly Column[]) => string;
  readonly end: () => string;
}

const write = async ({ engine, sql, output, notes }: Asked, form: Form, signal: AbortSignal): Promise<void> => {
  const print = async (text: string): Promise<void> => {
    if (text !== '' && !output.write(text)) await once(output, 'drain');
  };
  let count = 0;
  const cost = await engine.run({ sql, signal }, (rows, columns) => {
    count += rows.length;
    return print(form.part(rows, columns));
  });
  await print(form.end());
  if (notes.isTTY) notes.write(`${countText(count, cost)}\n`);
  notes.write(unreadableText(cost, notes));
};

const csvForm = (): Form => {
  let isFirst = true;
  return {
    part: (rows, columns) => {
      const header = isFirst ? csvHeader(columns) : '';
      isFirst = false;
      return header + csvRows(columns, rows);
    },
    end: () => '',
  };
};

/** An array with a row a line. */
const jsonForm = (): Form => {
  let before = '[';
  return {
    part: (rows) => {
      if (rows.length === 0) return '';
      const text = before + rows.map((row: Readonly<Record<string, Json>>) => JSON.stringify(row)).join(',\n');
      before = ',\n';
      return text;
    },
    end: () => (before === '[' ? '[]\n' : ']\n'),
  };
};
