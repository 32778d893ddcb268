// nx run lake-loader:seed [--scale 1] [--seed 1] [--from 2026-10-01] [--to 2026-10-31] [--dir .local | --stage <stage>]:
// brings the batch data set into the lake of the laptop platform, or of a stage on AWS; again, it goes on where it was.
import { bar, count, dim, Progress } from '@acme/command-kit';
import { explained } from '../seed/explained.ts';
import { lakeOf, unseen } from '../seed/lake-of.ts';
import { type Options, readOptions, UsageError } from '../seed/options.ts';
import { reportLines } from '../seed/report.ts';
import { seed } from '../seed/seed.ts';

/** Where there is no terminal, a line so often. */
const sayEveryMs = 10_000;

const { set, target } = optionsOrExit();
const progress = new Progress();
const startedMs = performance.now();
let saidMs = startedMs;
const show = (events: number): void => {
  const now = performance.now();
  const perSecond = Math.round((events / (now - startedMs)) * 1000);
  const line = `${bar(events / set.range.count)}  ${count(events)} of ${count(set.range.count)} events  ${dim(`${count(perSecond)}/s`)}`;
  if (progress.isLive) progress.status(line);
  else if (now - saidMs > sayEveryMs) {
    saidMs = now;
    progress.line(line);
  }
};

try {
  show(0);
  const { bucket, days } = await lakeOf(target, Date.now());
  const wrong = unseen(set, days);
  if (wrong !== undefined) fail(wrong);
  const seeded = await seed({ set, bucket, client: target.client, onProgress: show });
  progress.status('');
  for (const line of reportLines(seeded)) progress.line(line);
} catch (error) {
  fail(explained(error as Error, target));
}

function fail(message: string): never {
  progress.status('');
  console.error(message);
  return process.exit(1);
}

function optionsOrExit(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return process.exit(1);
  }
}
