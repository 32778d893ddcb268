import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { roots } from '@acme/lake-layout';
import { type Faults, noFaults, openFaults } from '@acme/laptop-aws';
import { fillLookupTables } from './enricher/fill-lookup-tables.ts';
import { struckLines, switchedOnLine } from './summary/fault-lines.ts';
import { dials, type FaultDial } from '@acme/synthetic';
import type { Family } from '@acme/telemetry-schema';
import { drained } from './platform/drained.ts';
import { type RunningPlatform, startPlatform } from './platform/start-platform.ts';
import { takeStateFolder } from './platform/state-folder.ts';
import type { StartOptions } from './start-options.ts';
import { addUp } from './summary/add-up.ts';
import { addUpClickstream, clickstreamLines } from './summary/clickstream.ts';
import { summaryLines } from './summary/lines.ts';
import { bad, count, dim, good, type Progress, strong } from './terminal/progress.ts';
import { showStatus } from './terminal/status.ts';
import { openTraffic, type Traffic, type TrafficProgress } from './traffic/open-traffic.ts';

const generator = 'acme-data-generator';

/**
 * Runs the platform with steady traffic until `stopping` says so, or for as long as the options say; then it drains
 * and checks that everything adds up.
 *
 * @returns the exit code: 1 when it does not add up
 */
export const start = async (options: StartOptions, progress: Progress, stopping: AbortSignal): Promise<number> => {
  const { dir, port, awsPort, rate, seed, schedules, transport, brokers } = options;
  const { clickstreamRate = Math.floor(rate / 10) } = options;
  const dial = dials[options.dial];
  const release = takeStateFolder(dir, { port, awsPort });
  try {
    const faults = switchOn(options, progress);
    const platform = await startPlatform(
      { dir, port, awsPort, faults, schedules: schedules === 'on', transport, brokers },
      progress,
    );
    const latest: Partial<Record<Family, TrafficProgress>> = {};
    const said = new Set<string>();
    const trafficOf = (family: Family, perSecond: number): Promise<Traffic> =>
      openTraffic({
        invoke: (payload) => platform.engines.functions.invoke(generator, payload),
        family,
        rate: perSecond,
        seed,
        dial,
        cursorFile: join(dir, 'traffic', `${family}.json`),
        onProgress: (now) => {
          latest[family] = now;
          const problem = now.problem?.replace(requestIds, '');
          if (problem === undefined || said.has(problem)) return;
          said.add(problem);
          progress.line(bad(`traffic: ${problem}; tried again`));
        },
      });
    const traffic: TrafficByFamily = {
      viewing: await trafficOf('viewing', rate),
      clickstream: await trafficOf('clickstream', clickstreamRate),
    };
    progress.line(
      `${good(strong('ready'))}  dashboard ${strong(`http://127.0.0.1:${port}`)}  aws ${strong(`http://127.0.0.1:${awsPort}`)}`,
    );
    const both = `${count(rate)} events/s and ${count(clickstreamRate)} of the clickstream`;
    progress.line(dim(`${both}, of seed ${seed}; state in ${dir}; Ctrl-C stops`));

    traffic.viewing.start();
    traffic.clickstream.start();
    const filling = new AbortController();
    const filled = fillLookupTables(
      { dir, awsPort, seed, report: (line) => progress.line(dim(line)) },
      filling.signal,
    ).catch((error: Error) => progress.line(bad(`the enricher's lookup tables: ${error.message}`)));
    const hide = showStatus(progress, { forMs: options.for, everyMs: options.statusEvery }, () => ({
      generated: traffic.viewing.totals().count,
      perSecond: latest.viewing?.ratePerSecond ?? 0,
      unread: unread(platform),
    }));
    await wait(options.for ?? longest, undefined, { signal: stopping }).catch(() => undefined);
    hide();
    filling.abort();
    await filled;
    return options.for === undefined || stopping.aborted
      ? await stop(platform, traffic, progress)
      : await finish(platform, traffic, { dir, dial, progress, faults });
  } finally {
    release();
  }
};

type TrafficByFamily = Readonly<Record<Family, Traffic>>;

const stopped = (traffic: TrafficByFamily): Promise<unknown> =>
  Promise.all(Object.values(traffic).map((each) => each.stop()));

/** The chosen faults; which they are and how to have them again is said. */
const switchOn = (
  { faults: kinds, faultSeed: seed = randomInt(2 ** 32) }: StartOptions,
  progress: Progress,
): Faults => {
  if (!kinds) return noFaults;
  progress.line(switchedOnLine(kinds, seed));
  return openFaults({ kinds, seed, quarantine: roots.quarantine });
};

/** What differs between two failures of one kind. */
const requestIds = /(RequestId: )?[0-9a-f]{8}-[0-9a-f-]{27} ?/g;

/** The longest that a timer can wait, 24 days. */
const longest = 2 ** 31 - 1;

const unread = ({ engines }: RunningPlatform): number =>
  engines.eventSources.lag().reduce((most, { records }) => Math.max(most, records), 0);

const finish = async (
  platform: RunningPlatform,
  traffic: TrafficByFamily,
  {
    dir,
    dial,
    progress,
    faults,
  }: { readonly dir: string; readonly dial: FaultDial; readonly progress: Progress; readonly faults: Faults },
): Promise<number> => {
  await progress.step('drain', async () => {
    await stopped(traffic);
    // What a schedule began while the rest drains would still be on its way when the sums are drawn.
    await platform.engines.scheduler.stop();
    await platform.engines.functions.holdEvents();
    await drained(platform);
    return 'every consumer is at the end of its stream';
  });
  const lake = { dir, bucket: platform.output('DataBucketName'), dial };
  const sums = await addUp({ ...lake, totals: traffic.viewing.totals() });
  const clicks = await addUpClickstream({
    ...lake,
    totals: traffic.clickstream.totals(),
    rejected: sums.totals.rejected,
  });
  for (const line of [...summaryLines(sums), ...clickstreamLines(clicks), ...struckLines(faults.counts())])
    progress.line(line);
  await platform.stop();
  return sums.isRight && clicks.wrong.length === 0 ? 0 : 1;
};

/** Within five seconds: what has not ended by then is on disk. */
const stop = async (platform: RunningPlatform, traffic: TrafficByFamily, progress: Progress): Promise<number> => {
  await progress.step('stop', async () => {
    await Promise.race([stopped(traffic), wait(1_000)]);
    await Promise.race([platform.stop(), wait(3_800)]);
    return 'what is on the way is on disk and goes on at the next start';
  });
  return 0;
};
