import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AlarmDefinition, metric, openCloudWatch, servedAlone } from '@acme/laptop-aws/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const minute = 60_000;
let dir: string;
let served: Awaited<ReturnType<typeof servedAlone>>;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'metrics-'));
  const none = (): void => undefined;
  const { metrics, alarms, service } = openCloudWatch({ log: none, report: none, publish: async () => none() });
  const atMs = Date.now() - 10 * minute;
  metrics.add(metric('AWS/Kinesis', 'IncomingRecords', 'StreamName', 'clicks'), [30, 12], { unit: 'Count', atMs });
  metrics.add(metric('Shop', 'Wait'), [5], { unit: 'Milliseconds', atMs });
  metrics.add(metric('Shop', 'Old'), [5], { unit: 'Milliseconds', atMs: atMs - 60 * minute });
  alarms.define(
    'NothingComesIn',
    AlarmDefinition.parse({
      ...{
        Namespace: 'AWS/Kinesis',
        MetricName: 'IncomingRecords',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
      },
      ...{ Threshold: 1, ComparisonOperator: 'LessThanThreshold', AlarmDescription: 'No events.' },
    }),
  );
  served = await servedAlone(service);
});
afterEach(async () => {
  await served.close();
  rmSync(dir, { recursive: true });
});

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  new Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>((done) => {
    const command = [join(import.meta.dirname, 'main.ts'), '--dir', dir, ...args];
    const settings = { env: { ...process.env, FORCE_COLOR: '0', STAGE: '', ...env } };
    execFile(process.execPath, command, settings, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
const onPort = (...args: readonly string[]) => run(['--aws-port', new URL(served.client.endpoint).port, ...args]);

describe('npm run metrics', () => {
  it('prints the alarms, then a line for each metric of the last hour', async () => {
    const { code, stdout, stderr } = await onPort();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [first, second, reason, blank, heading, , records, wait, end] = stdout.split('\n');
    expect([first, second, reason, blank]).toEqual([
      'alarms  1 INSUFFICIENT_DATA',
      '  INSUFFICIENT_DATA  NothingComesIn',
      '      Unchecked: Initial alarm creation',
      '',
    ]);
    expect(heading).toMatch(/^namespace +metric +dimensions +of +last minute +last hour +two minutes a bar$/);
    expect(records).toMatch(/^AWS\/Kinesis +IncomingRecords +StreamName=clicks +sum +42 +█/);
    expect(wait).toMatch(/^Shop +Wait +average +5 ms +█/);
    expect(end).toBe('');
  });

  it('prints only what is asked for, as JSON too', async () => {
    const { stdout } = await onPort('--json', '--namespace', 'kinesis', '--name', 'incoming');
    expect(JSON.parse(stdout)).toEqual({
      at: expect.any(String),
      alarms: [
        {
          ...{ name: 'NothingComesIn', state: 'INSUFFICIENT_DATA', description: 'No events.' },
          reason: 'Unchecked: Initial alarm creation',
        },
      ],
      metrics: [
        {
          ...{ namespace: 'AWS/Kinesis', name: 'IncomingRecords', dimensions: { StreamName: 'clicks' }, unit: 'Count' },
          ...{ lastMinute: null, lastHour: { count: 2, sum: 42, average: 21, maximum: 30 } },
        },
      ],
    });
    expect((await onPort('--name', 'nothing')).stdout).toContain('No such metric has been measured in the last hour');
  });

  it.each<[string, readonly string[], number, RegExp]>([
    ['no platform runs', [], 1, /^No platform runs on .*: run npm start, or name its folder with --dir\.\n$/],
    [
      'nothing answers',
      ['--aws-port', '1'],
      1,
      /^nothing answers at http:\/\/127\.0\.0\.1:1: start the platform with npm start, .*\n$/,
    ],
    ['it is to watch and print JSON', ['--watch', '--json'], 2, /choose one\n$/],
    ['an option is unknown', ['--what'], 2, /^there is no --what; --help lists those that there are/],
  ])('says so when %s', async (_, args, code, said) => {
    expect(await run(args)).toEqual({ code, stdout: '', stderr: expect.stringMatching(said) });
  });

  it('does not pass the laptop off as a stage on AWS', async () => {
    expect(await run([], { STAGE: 'dev' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('aws cloudwatch'),
    });
  });
});
