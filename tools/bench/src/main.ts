// npm run bench: measures what the project promises, side by side in one run. README.md says what each row is.
import { join } from 'node:path';
import { styleText } from 'node:util';
import { runCommand } from '@acme/command-kit';
import { chosen, findBenches } from './benches.ts';
import { machine } from './machine.ts';
import { readOptions } from './options.ts';
import { isBelow, type Report, writeReport } from './report.ts';
import { judge } from './row.ts';
import { runBench } from './run-bench.ts';
import { writeSample } from './sample.ts';
import { tableLines } from './table.ts';

const root = join(import.meta.dirname, '../../..');
const say = (text: string): boolean => process.stderr.write(`${styleText('dim', text, { stream: process.stderr })}\n`);

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  const benches = chosen(findBenches(root), options.only);
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());

  const date = new Date().toISOString();
  const here = await machine(root);
  say(`${here.cpu}, ${here.cores} cores, node ${here.node}, commit ${here.commit}, load ${here.load}`);
  const rows: Report['rows'][number][] = [];
  const failed: Report['failed'][number][] = [];
  const sample = writeSample(100_000);
  const told = ['--sample', sample.file, '--events', String(options.events)];
  for (const [index, bench] of benches.entries()) {
    if (interrupted.signal.aborted) break;
    say(`${index + 1}/${benches.length}  ${bench.name}`);
    try {
      await runBench(bench, told, (row) => rows.push({ bench: bench.name, ...judge(row) }), interrupted.signal);
    } catch (error) {
      failed.push({ bench: bench.name, reason: (error as Error).message });
    }
  }
  sample.remove();

  console.log(`\n${tableLines(rows).join('\n')}\n`);
  for (const { bench, reason } of failed) console.error(`${bench} could not measure: ${reason}`);
  if (interrupted.signal.aborted) process.exit(130);
  const report: Report = { date, machine: here, rows, failed };
  console.log(`written to ${await writeReport(join(root, 'dist/bench'), report)}`);
  process.exitCode = failed.length > 0 || (options.strict && isBelow(report)) ? 1 : 0;
});
