import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { flag, runCommand, UsageError } from '@acme/command-kit';
import { NoLakeError, SqlError } from '@acme/laptop-aws/sql';
import * as z from 'zod';
import { commandLineOrExit, RunningOptions } from '../options.ts';
import { openHistory } from '../sql-shell/history.ts';
import { lakeEngine } from '../sql-shell/lake-engine.ts';
import { runOnce } from '../sql-shell/run-once.ts';
import { shell } from '../sql-shell/shell.ts';
import type { SqlEngine } from '../sql-shell/sql-engine.ts';

// npm run sql -- "SELECT …" [--csv | --json] [--dir …]: asks the lake on the disk, whether or not the platform runs.
// With --athena [--workgroup …] [--database …] the Athena API of the running platform, of AWS_ENDPOINT_URL, or of STAGE.
// Without a statement: a shell on a terminal, else the statements of standard input.
const name = z
  .string()
  .regex(/^[\w.-]{1,128}$/)
  .meta({ takes: 'a name' })
  .optional();
const { options, words } = commandLineOrExit({
  usage: 'npm run sql --',
  words: '"<statement>"',
  does: 'Asks the lake on the disk, whether or not the platform runs. Without a statement it is a shell, or takes the statements of standard input.',
  options: RunningOptions.extend({
    json: flag.describe('The answer as JSON'),
    csv: flag.describe('The answer as CSV'),
    athena: flag.describe('Asks the Athena API of the running platform, of AWS_ENDPOINT_URL, or of STAGE'),
    workgroup: name.describe('Of Athena. Without it the one that the lake’s stack published'),
    database: name.describe('Of Athena. Without it the one that the lake’s stack published'),
  }),
});

const usage =
  'one statement in quotes is wanted: npm run sql -- "SELECT event_type, COUNT(*) FROM streaming_events GROUP BY 1"';

/** Its clients take a second to load, which the lake on the disk need not wait for. */
const athena = async (): Promise<SqlEngine> => {
  const [{ athenaEngine }, { athenaTarget }] = await Promise.all([
    import('../sql-shell/athena-engine.ts'),
    import('../sql-shell/athena-target.ts'),
  ]);
  return athenaEngine(await athenaTarget({ ...options, workGroup: options.workgroup }));
};

const main = async (): Promise<void> => {
  if (!options.athena && (options.workgroup ?? options.database) !== undefined)
    throw new UsageError('--workgroup and --database are Athena’s: say --athena too');
  if (options.json && options.csv) throw new UsageError('--json and --csv are two forms of one answer: choose one');
  const engine = options.athena ? await athena() : lakeEngine(options.dir);
  const isTyped = words.length === 0 && process.stdin.isTTY && process.stdout.isTTY;
  if (isTyped && !options.json && !options.csv) {
    const history = openHistory(join(options.dir, 'sql-history'));
    return shell({ engine, input: process.stdin, output: process.stdout, history });
  }
  const sql = words.length === 0 && !process.stdin.isTTY ? await text(process.stdin) : words[0];
  if (words.length > 1 || !sql?.trim()) throw new UsageError(usage);
  const form = options.csv ? 'csv' : options.json ? 'json' : 'table';
  const isAnswered = await runOnce({ engine, sql, form, output: process.stdout, notes: process.stderr });
  if (!isAnswered) {
    process.stderr.write('Stopped.\n');
    process.exitCode = 130;
  }
};

await runCommand(main, [SqlError, NoLakeError]);
