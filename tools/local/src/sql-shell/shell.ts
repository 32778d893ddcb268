import { createInterface, type Interface } from 'node:readline';
import { NoLakeError, SqlError } from '@acme/laptop-aws/sql';
import { advised } from './advice.ts';
import { type Output, paintFor } from './answer-view.ts';
import { queriesView, queryOf, tablesView } from './catalogue-view.ts';
import { complete } from './completion.ts';
import { asEntry, type History } from './history.ts';
import { helpText, type MetaCommand, metaCommandOf } from './meta-commands.ts';
import { showAnswer } from './show-answer.ts';
import type { SqlEngine } from './sql-engine.ts';
import { statementsOf } from './statements.ts';

export interface ShellOptions {
  readonly engine: SqlEngine;
  readonly input: NodeJS.ReadableStream;
  readonly output: Output;
  readonly history: History;
}

const prompt = 'sql> ';
const promptWithin = '  -> ';

/**
 * Statements by hand until the person leaves. A statement that fails does not end it.
 *
 * @throws Error when something fails that is no error of a statement
 */
export const shell = async ({ engine, input, output, history }: ShellOptions): Promise<void> => {
  const tables = await engine.tables();
  const queries = await engine.namedQueries();
  const paint = paintFor(output);
  let open = '';
  let running: AbortController | undefined;
  let lines: string[] = [];
  let isLeft = false;

  const reader: Interface = createInterface({
    input,
    output,
    terminal: true,
    history: [...history.entries],
    historySize: 1000,
    removeHistoryDuplicates: true,
    completer: (before: string) =>
      complete(
        open + before,
        { tables, namedQueries: queries.map(({ name }) => name) },
        reader.line.slice(before.length),
      ),
  });
  reader.on('history', (entries) => (lines = entries));

  const run = async (sql: string): Promise<void> => {
    running = new AbortController();
    try {
      await showAnswer(engine, sql, output, output, running.signal);
    } catch (error) {
      if (running.signal.aborted) output.write('Stopped.\n');
      else if (error instanceof SqlError || error instanceof NoLakeError) {
        output.write(
          `${paint(
            'red',
            advised(
              error.message,
              tables.map(({ name }) => name),
            ),
          )}\n`,
        );
      } else throw error;
    } finally {
      running = undefined;
    }
  };

  const obey = async (command: MetaCommand): Promise<void> => {
    switch (command.kind) {
      case 'quit':
        isLeft = true;
        return reader.close();
      case 'help':
        return void output.write(helpText);
      case 'describe':
        return void output.write(tablesView(tables, command.table, output));
      case 'named': {
        if (command.query === '') return void output.write(queriesView(queries, output));
        const query = queryOf(queries, command.query);
        if (!query) return void output.write('There is no named query like that: \\n lists them.\n');
        output.write(`${paint('dim', query.sql.trim())}\n\n`);
        return run(query.sql);
      }
      case 'unknown':
        return void output.write('There is no such command: \\? lists them.\n');
    }
  };

  /** In readline's list, newest first, the lines of a statement become one entry. */
  const remember = (statement: string): void => {
    const typed = statement.trim().split('\n');
    while (lines[0] !== undefined && typed.includes(lines[0])) lines.shift();
    lines.unshift(asEntry(statement));
    history.add(statement);
  };

  const take = async (line: string): Promise<void> => {
    const command = open === '' ? metaCommandOf(line) : undefined;
    if (command) {
      history.add(line);
      return obey(command);
    }
    const text = open + line;
    const { complete: statements, rest, isOpen } = statementsOf(text);
    open = isOpen ? `${rest}\n` : '';
    if (statements.length > 0) remember(text.slice(0, text.length - rest.length));
    for (const statement of statements) await run(statement);
  };

  const ask = (): void => {
    reader.setPrompt(open === '' ? prompt : promptWithin);
    reader.prompt();
  };

  reader.on('SIGINT', () => {
    if (running) return running.abort();
    reader.write(null, { ctrl: true, name: 'e' });
    reader.write(null, { ctrl: true, name: 'u' });
    open = '';
    output.write('^C\n');
    ask();
  });

  output.write(`${engine.place}: ${tables.length} ${tables.length === 1 ? 'table' : 'tables'}. \\? helps.\n\n`);
  await new Promise<void>((leave, fail) => {
    let isClosed = false;
    let work = Promise.resolve();
    reader.on('line', (line) => {
      work = work.then(() => take(line)).then(() => (isClosed ? undefined : ask()));
      work.catch(fail);
    });
    reader.on('close', () => {
      isClosed = true;
      if (!isLeft) output.write('\n'); // Ctrl-D leaves the cursor behind the prompt
      work.then(leave, fail);
    });
    ask();
  }).finally(() => reader.close());
};
