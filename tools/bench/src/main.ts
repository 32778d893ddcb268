// npm run bench: measures what the project promises, side by side in one run. See README.md for what each row is.
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { chosen, findBenches } from './benches.ts';
import { machine } from './machine.ts';
import { isBelow, type Report, writeReport } from './report.ts';
import { judge } from './row.ts';
import { runBench } from './run-bench.ts';
import { writeSample } from './sample.ts';
import { tableLines } from './table.ts';

const usage = 'npm run bench -- [--only <name>]... [--events <platform events>] [--strict]';
const root = join(import.meta.dirname, '../../..');
const { only, events, strict } = options();
const startedAt = new Date();
const about = await machine(root);
const say = (text: string): boolean => process.stderr.write(`${styleText('dim', text, { stream: process.stderr })}\n`);

const rows: Report['rows'][number][] = [];
const failed: Report['failed'][number][] = [];
const sample = writeSample(100_000);
try {
  const benches = chosen(findBenches(root), only);
  say(`${about.cpu}, ${about.cores} cores, node ${about.node}, commit ${about.commit}, load ${about.load}`);
  for (const [index, bench] of benches.entries()) {
    say(`${index + 1}/${benches.length}  ${bench.name}`);
    await runBench(bench, ['--sample', sample.file, '--events', String(events)], (row) =>
      rows.push({ bench: bench.name, ...judge(row) }),
    ).catch((error: Error) => {
      failed.push({ bench: bench.name, reason: error.message });
      say(error.message);
    });
  }
} catch (error) {
  refuse(error);
} finally {
  sample.remove();
}

const report: Report = { date: startedAt.toISOString(), machine: about, rows, failed };
console.log(`\n${tableLines(rows).join('\n')}\n`);
for (const { bench, reason } of failed) console.error(`${bench} failed: ${reason}`);
console.log(`written to ${await writeReport(join(root, 'dist/bench'), report)}`);
process.exitCode = failed.length > 0 || (strict && isBelow(report)) ? 1 : 0;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', multiple: true, default: [] },
        events: { type: 'string', default: '1000000' },
        strict: { type: 'boolean', default: false },
      },
    });
    if (!/^[1-9]\d{0,8}$/.test(values.events)) throw new TypeError('--events takes a whole number from 1');
    return { ...values, only: values.only.flatMap((names) => names.split(',')), events: Number(values.events) };
  } catch (error) {
    return refuse(error);
  }
}

function refuse(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}\n`);
  process.exit(2);
}
