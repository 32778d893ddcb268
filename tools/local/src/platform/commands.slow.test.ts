import { setTimeout as wait } from 'node:timers/promises';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  ListDashboardsCommand,
} from '@aws-sdk/client-cloudwatch';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { answerKey, eventId, openUniverse } from '@acme/synthetic';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPlace, type Place, type Running } from './platform.fixture.ts';
import { aViewer } from './viewer.fixture.ts';

const timeout = 60_000;

describe('commands beside the running platform', () => {
  let place: Place;
  let platform: Running;
  let from: number;
  beforeAll(async () => {
    place = await aPlace();
    platform = await place.start('--rate', '0', '--schedules', 'off');
  }, timeout);
  afterAll(() => place.close());

  const invoke = () =>
    place.run('apps/generator/cli/invoke.ts', '--count', '300', '--seed', '7', '--aws-port', String(place.awsPort));
  const byType = () =>
    place.sql(
      `SELECT event_type, COUNT(*) AS events FROM streaming_events
       WHERE event_id BETWEEN '${eventId(7, from)}' AND '${eventId(7, from + 299)}' GROUP BY 1 ORDER BY 1`,
    );
  const expected = () =>
    Object.entries(answerKey(openUniverse(7), { from, count: 300 }).byType)
      .filter(([, events]) => events > 0)
      .map(([event_type, events]) => ({ event_type, events }))
      .sort((one, other) => (one.event_type < other.event_type ? -1 : 1));

  it(
    'generator:invoke says what became of its events, and a live client sees them',
    async () => {
      const { socket, messages, seen } = await aViewer(place.port);
      const { code, stdout, stderr } = await invoke();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('generated 300  accepted 300  rejected 0');
      from = Number(/from (\d+)/.exec(stdout)?.[1]);
      while (seen() < 300) await wait(50);
      expect(seen()).toBe(300);

      socket.send(JSON.stringify({ action: 'fly' }));
      while (!messages.some(({ kind }) => kind === 'error')) await wait(50);
      expect(messages.at(-1)).toMatchObject({ reason: expect.stringContaining('unknown action') });
      socket.close();
    },
    timeout,
  );

  it(
    'npm run sql counts what the answer key says',
    async () => {
      let rows = await byType().catch(() => []);
      for (; rows.length === 0; rows = await byType().catch(() => [])) await wait(500); // Firehose still gathers
      expect(rows).toEqual(expected());
    },
    timeout,
  );

  it.each([
    ["COPY streaming_events TO 'copy.csv'", 'Only one reading statement is run here'],
    ['DROP VIEW streaming_events', 'Only one reading statement is run here'],
    ['SELECT 1; DROP VIEW streaming_events', 'Only one reading statement is run here'],
    ["SELECT * FROM read_text('/etc/hostname')", 'The statement reads a file outside the lake'],
    ["SELECT * FROM '/etc/passwd'", 'Table with name /etc/passwd does not exist'],
  ])('npm run sql refuses %s', async (statement, reason) => {
    await expect(place.sql(statement)).rejects.toThrow(reason);
  });

  const metrics = (...args: readonly string[]) =>
    place.run('tools/local/src/metrics/main.ts', '--dir', place.dir, ...args);

  it(
    'CloudWatch has what a function prints as metrics and what a stream takes',
    async () => {
      const [cloudWatch, kinesis] = [new CloudWatchClient(place.client), new KinesisClient(place.client)];
      const sum = async (Namespace: string, MetricName: string, Name: string, Value: string): Promise<number> => {
        const [StartTime, EndTime] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 60_000)];
        const asked = { Namespace, MetricName, Dimensions: [{ Name, Value }], StartTime, EndTime };
        const { Datapoints = [] } = await cloudWatch.send(
          new GetMetricStatisticsCommand({ ...asked, Period: 3600, Statistics: ['Sum'] }),
        );
        return Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0);
      };
      const event = { eventType: 'page_view', userId: 'user_1234', pageUrl: '/home', loadTime: 1200 };
      await kinesis.send(
        new PutRecordCommand({
          ...{ StreamName: 'real-time-analytics-stream', PartitionKey: 'user_1234' },
          Data: Buffer.from(JSON.stringify(event)),
        }),
      );
      expect(await sum('AWS/Kinesis', 'IncomingRecords', 'StreamName', 'real-time-analytics-stream')).toBe(1);
      const processed = () => sum('RealTimeAnalytics', 'EventsProcessed', 'EventType', 'page_view');
      while ((await processed()) === 0) await wait(250); // the batch gathers for five seconds
      expect(await processed()).toBe(1);
      while ((await sum('AWS/Lambda', 'Invocations', 'FunctionName', 'kinesis-stream-processor')) === 0) await wait(50);
      expect(await sum('AWS/Lambda', 'Errors', 'FunctionName', 'kinesis-stream-processor')).toBe(0);
      cloudWatch.destroy();
      kinesis.destroy();
    },
    timeout,
  );

  it('npm run metrics tells the alarms of the templates, whose dashboards CloudWatch lists', async () => {
    expect(platform.output()).not.toContain('CloudWatch::');
    const cloudWatch = new CloudWatchClient(place.client);
    const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
    const { DashboardEntries } = await cloudWatch.send(new ListDashboardsCommand({}));
    cloudWatch.destroy();
    expect(MetricAlarms.filter(({ Namespace }) => Namespace === 'AWS/Lambda').length).toBeGreaterThan(5);
    expect(DashboardEntries?.map(({ DashboardName }) => DashboardName)).toContain('acme-real-time-analytics');
    const { code, stdout, stderr } = await metrics('--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { alarms } = JSON.parse(stdout) as { readonly alarms: readonly { readonly name: string }[] };
    expect(alarms.map(({ name }) => name).sort()).toEqual(MetricAlarms.map(({ AlarmName }) => AlarmName));
  });

  it(
    'npm run sql answers as before once the platform has stopped, and the other commands say that it has',
    async () => {
      expect(await platform.kill('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
      expect(await byType()).toEqual(expected());
      expect(await invoke()).toEqual({
        code: 1,
        stdout: '',
        stderr: `could not invoke acme-data-generator: nothing answers at http://127.0.0.1:${place.awsPort}: start the platform with npm start, or name the folder that it runs on with --dir\n`,
      });
      expect(await metrics()).toEqual({
        code: 1,
        stdout: '',
        stderr: `No platform runs on ${place.dir}: run npm start, or name its folder with --dir.\n`,
      });
    },
    timeout,
  );
});
