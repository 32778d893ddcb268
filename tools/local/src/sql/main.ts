import { once } from 'node:events';
import { CommonOptions, flag, optionsOrExit } from '../options.ts';
import { NoLakeError } from './lake.ts';
import { queryLake, streamLake } from './query-lake.ts';
import { SqlError } from './sql-error.ts';
import { terminalTable } from './terminal-table.ts';

// npm run sql -- "SELECT …" [--json] [--dir …]: asks the lake on the disk, whether or not the platform runs.
const { options, rest } = optionsOrExit(CommonOptions.extend({ json: flag }), { takesWords: true });
const mostRowsShown = 1000;

const print = async (text: string): Promise<void> => {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
};

const printTable = async (sql: string): Promise<void> => {
  const started = performance.now();
  const result = await queryLake({ dir: options.dir, sql, maxRows: mostRowsShown });
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const count = `${result.rows.length} ${result.rows.length === 1 ? 'row' : 'rows'}`;
  const more = result.isCut ? ', and more: add LIMIT, or --json for all' : '';
  await print(`${terminalTable(result)}\n\n${count}${more} in ${seconds} s (∅ is NULL)\n`);
};

const printJson = async (sql: string): Promise<void> => {
  let before = '[';
  await streamLake({ dir: options.dir, sql }, async (rows) => {
    if (rows.length === 0) return;
    await print(before + rows.map((row) => JSON.stringify(row)).join(',\n'));
    before = ',\n';
  });
  await print(before === '[' ? '[]\n' : ']\n');
};

const fail = (message: string, code: number): void => {
  process.stderr.write(`${message}\n`);
  process.exitCode = code;
};

if (rest.length !== 1) {
  fail(
    'one statement in quotes is wanted: npm run sql -- "SELECT event_type, COUNT(*) FROM streaming_events GROUP BY 1"',
    2,
  );
} else {
  try {
    await (options.json ? printJson : printTable)(rest[0] as string);
  } catch (error) {
    if (!(error instanceof SqlError || error instanceof NoLakeError)) throw error;
    fail(error.message, 1);
  }
}
