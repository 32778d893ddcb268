// nx run lake-loader:seed [--scale 1] [--seed 1] [--from 2026-10-01] [--to 2026-10-31] [--dir .local | --stage <stage>]:
// brings the batch data set into the lake of the laptop platform, or of a stage on AWS; again, it goes on where it was.
import { bar, CommandError, count, dim, Progress, runCommand } from '@acme/command-kit';
import { explained } from '../seed/explained.ts';
import { lakeOf, unseen } from '../seed/lake-of.ts';
import { readOptions } from '../seed/options.ts';
import { reportLines } from '../seed/report.ts';
import { seed } from '../seed/seed.ts';

/** Where there is no terminal, a line so often. */
const sayEveryMs = 10_000;

await runCommand(async () => {
  const { set, target } = readOptions(process.argv.slice(2));
  const progress = new Progress();
  const show = shower(progress, set.range.count);
  try {
    show(0);
    const { bucket, days } = await lakeOf(target, Date.now());
    const wrong = unseen(set, days);
    if (wrong !== undefined) throw new CommandError(wrong);
    const seeded = await seed({ set, bucket, client: target.client, onProgress: show });
    progress.status('');
    for (const line of reportLines(seeded)) progress.line(line);
  } catch (error) {
    progress.status('');
    throw new CommandError(explained(error as Error, target), { cause: error });
  }
});

/** Says how many of all events are done: in the bottom line of a terminal, else in a line now and then. */
function shower(progress: Progress, all: number): (events: number) => void {
  const startedMs = performance.now();
  let saidMs = startedMs;
  return (events) => {
    const now = performance.now();
    const perSecond = Math.round((events / (now - startedMs)) * 1000);
    const line = `${bar(events / all)}  ${count(events)} of ${count(all)} events  ${dim(`${count(perSecond)}/s`)}`;
    if (progress.isLive) progress.status(line);
    else if (now - saidMs > sayEveryMs) {
      saidMs = now;
      progress.line(line);
    }
  };
}
