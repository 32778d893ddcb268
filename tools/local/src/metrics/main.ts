// npm run metrics [-- --namespace kinesis --name incoming --alarms --json --watch --dir …]: what the platform on --dir
// has measured in the last hour, and its alarms, from its CloudWatch.
import { setTimeout as wait } from 'node:timers/promises';
import { asking, awsTarget, CommandError, flag, runCommand, text, UsageError } from '@acme/command-kit';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { commandLineOrExit, RunningOptions } from '../options.ts';
import { runningOn } from '../platform/state-folder.ts';
import { paintFor } from '../sql-shell/answer-view.ts';
import { alarmLines, metricsTable } from './metrics-view.ts';
import { readAlarms, readMetrics, together } from './read-metrics.ts';

const part = text('a part of it').optional();
const { options } = commandLineOrExit({
  usage: 'npm run metrics --',
  does: 'Shows what the platform has measured in the last hour, and its alarms, from its CloudWatch.',
  options: RunningOptions.extend({
    namespace: part.describe('Only metrics whose namespace contains this'),
    name: part.describe('Only metrics whose name contains this'),
    alarms: flag.describe('All alarms with their reasons, also those that are OK'),
    json: flag.describe('As JSON'),
    watch: flag.describe('Again every 5 s'),
  }),
});
const { dir, namespace, name, json, watch } = options;

const everyMs = 5_000;
const { stdout } = process;
const paint = paintFor(stdout);

const show = async (client: CloudWatchClient): Promise<void> => {
  const nowMs = Date.now();
  const [alarms, metrics] = await Promise.all([readAlarms(client), readMetrics(client, { namespace, name }, nowMs)]);
  if (json) {
    const shown = metrics.map(({ minutes, ...metric }) => ({
      ...metric,
      lastMinute: minutes.at(-1) ?? null,
      lastHour: together(minutes) ?? null,
    }));
    stdout.write(`${JSON.stringify({ at: new Date(nowMs).toISOString(), alarms, metrics: shown }, undefined, 2)}\n`);
    return;
  }
  const isNarrowed = namespace !== undefined || name !== undefined;
  const table =
    metrics.length > 0
      ? metricsTable(metrics, { width: stdout.isTTY ? stdout.columns : Infinity, paint })
      : isNarrowed
        ? 'No such metric has been measured in the last hour; without --namespace and --name all are shown.'
        : 'Nothing has been measured yet: a minute has to be over first.';
  const clear = watch && stdout.isTTY ? '\u001b[H\u001b[2J' : '';
  stdout.write(`${clear}${[...alarmLines(alarms, options.alarms, paint), '', table].join('\n')}\n`);
};

await runCommand(async () => {
  if (watch && json) throw new UsageError('--watch is for looking and --json for programs: choose one');
  if (process.env['STAGE'] && process.env['STAGE'] !== 'local')
    throw new UsageError(
      'npm run metrics shows the laptop platform: for a stage on AWS use aws cloudwatch, or the console',
    );
  const awsPort = options.awsPort ?? runningOn(dir)?.awsPort;
  if (awsPort === undefined)
    throw new CommandError(`No platform runs on ${dir}: run npm start, or name its folder with --dir.`);

  const target = awsTarget({ awsPort }, {});
  const client = new CloudWatchClient({ ...target.client, maxAttempts: 1 });
  await asking(target, async () => {
    do {
      await show(client);
      if (watch) await wait(everyMs);
    } while (watch);
  });
});
