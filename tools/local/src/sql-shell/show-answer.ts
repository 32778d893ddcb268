import type { Column, Row } from '@acme/laptop-aws/sql';
import { answerView, mostRowsShown, type Output, unreadableText } from './answer-view.ts';
import type { SqlEngine } from './sql-engine.ts';

/**
 * Runs a statement and shows its answer; on a terminal a line says meanwhile how far it is.
 *
 * @param notes where it says what could not be read
 * @throws SqlError for the statement's writer; what the signal gave when it was aborted
 */
export const showAnswer = async (
  engine: SqlEngine,
  sql: string,
  output: Output,
  notes: Output,
  signal: AbortSignal,
): Promise<void> => {
  const rows: Row[] = [];
  let columns: readonly Column[] = [];
  let isShown = false;
  const progress = (state: string): void => {
    if (!output.isTTY || (state === '' && !isShown)) return;
    isShown = state !== '';
    output.write(`\r\u001b[2K${state}`);
  };
  try {
    const cost = await engine.run({ sql, maxRows: mostRowsShown + 1, signal, progress }, async (part, of) => {
      columns = of;
      rows.push(...part);
    });
    progress('');
    output.write(answerView({ columns, rows, ...cost }, output));
    notes.write(unreadableText(cost, notes));
  } catch (error) {
    progress('');
    throw error;
  }
};
