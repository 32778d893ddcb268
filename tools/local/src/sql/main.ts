import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CommonOptions, flag, optionsOrExit } from '../options.ts';
import { openHistory } from '../sql-shell/history.ts';
import { lakeEngine } from '../sql-shell/lake-engine.ts';
import { runOnce } from '../sql-shell/run-once.ts';
import { shell } from '../sql-shell/shell.ts';
import { NoLakeError } from './lake.ts';
import { SqlError } from './sql-error.ts';

// npm run sql -- "SELECT …" [--csv | --json] [--dir …]: asks the lake on the disk, whether or not the platform runs.
// Without a statement: a shell on a terminal, else the statements of standard input.
const { options, rest } = optionsOrExit(CommonOptions.extend({ json: flag, csv: flag }), { takesWords: true });

const usage =
  'one statement in quotes is wanted: npm run sql -- "SELECT event_type, COUNT(*) FROM streaming_events GROUP BY 1"';

const fail = (message: string, code: number): void => {
  process.stderr.write(`${message}\n`);
  process.exitCode = code;
};

const main = async (): Promise<void> => {
  if (options.json && options.csv) return fail('--json and --csv are two forms of one answer: choose one', 2);
  const engine = lakeEngine(options.dir);
  const isTyped = rest.length === 0 && process.stdin.isTTY && process.stdout.isTTY;
  if (isTyped && !options.json && !options.csv) {
    const history = openHistory(join(options.dir, 'sql-history'));
    return shell({ engine, input: process.stdin, output: process.stdout, history });
  }
  const sql = rest.length === 0 && !process.stdin.isTTY ? await text(process.stdin) : rest[0];
  if (rest.length > 1 || !sql?.trim()) return fail(usage, 2);
  const form = options.csv ? 'csv' : options.json ? 'json' : 'table';
  const isAnswered = await runOnce({ engine, sql, form, output: process.stdout });
  if (!isAnswered) fail('Stopped.', 130);
};

try {
  await main();
} catch (error) {
  if (!(error instanceof SqlError || error instanceof NoLakeError)) throw error;
  fail(error.message, 1);
}
