// npm start: the whole platform on this machine, from the sources to a live page.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { optionsOrExit } from './options.ts';
import { startPlatform } from './platform/start-platform.ts';
import { takeStateFolder } from './platform/state-folder.ts';
import { StartOptions } from './start-options.ts';
import { addUp } from './summary/add-up.ts';
import { summaryLines } from './summary/lines.ts';
import { bad, bar, count, dim, good, Progress, strong } from './terminal/progress.ts';
import { openTraffic, type TrafficProgress } from './traffic/open-traffic.ts';

const generator = 'acme-data-generator';
const { options } = optionsOrExit(StartOptions);
const { dir, port, awsPort, rate, seed } = options;
const progress = new Progress();
const stopping = new AbortController();
let release = (): void => undefined;

try {
  release = takeStateFolder(dir, { port, awsPort });
  const platform = await startPlatform({ dir, port, awsPort }, progress);
  let latest: TrafficProgress | undefined;
  const traffic = await openTraffic({
    invoke: (payload) => platform.engines.functions.invoke(generator, payload),
    rate,
    seed,
    cursorFile: join(dir, 'traffic', 'viewing.json'),
    onProgress: (now) => {
      if (now.problem !== undefined && now.problem !== latest?.problem) progress.line(bad(`traffic: ${now.problem}`));
      latest = now;
    },
  });
  progress.line(
    `${good(strong('ready'))}  dashboard ${strong(`http://127.0.0.1:${port}`)}  aws ${strong(`http://127.0.0.1:${awsPort}`)}`,
  );
  progress.line(dim(`${count(rate)} events/s from seed ${seed}; state in ${dir}; Ctrl-C stops`));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());

  const readyAt = performance.now();
  traffic.start();
  const showing = setInterval(() => progress.status(statusLine()), 500);
  await wait(options.for ?? 2 ** 31 - 1, undefined, { signal: stopping.signal }).catch(() => undefined);
  clearInterval(showing);
  progress.status('');

  if (options.for !== undefined && !stopping.signal.aborted) {
    await progress.step('drain', async () => {
      await traffic.stop();
      await platform.drain();
      return 'every consumer is at the end of its stream';
    });
    const sums = await addUp({ dir, bucket: platform.output('DataBucketName'), totals: traffic.totals() });
    for (const line of summaryLines(sums)) progress.line(line);
    await platform.stop();
    process.exitCode = sums.isRight ? 0 : 1;
  } else {
    await progress.step('stop', async () => {
      await Promise.race([traffic.stop(), wait(1_000)]);
      await Promise.race([platform.stop(), wait(3_800)]);
      return 'what is on the way is on disk and goes on at the next start';
    });
  }

  function statusLine(): string {
    const { count: generated, accepted } = traffic.totals();
    const behind = platform.engines.eventSources.lag().reduce((most, { records }) => Math.max(most, records), 0);
    const left = options.for === undefined ? '' : `${bar((performance.now() - readyAt) / options.for)}  `;
    return `${left}${count(generated)} generated  ${count(accepted)} accepted  ${count(Math.round(latest?.ratePerSecond ?? 0))}/s  ${dim(`${count(behind)} records unread`)}`;
  }
} catch (error) {
  progress.status('');
  console.error(
    bad(error instanceof Error ? (process.env.DEBUG ? (error.stack ?? error.message) : error.message) : String(error)),
  );
  process.exitCode = 1;
} finally {
  release();
}
process.exit();
