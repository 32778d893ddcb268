import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  paginateFilterLogEvents,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { servedAlone } from '../aws/served-alone.ts';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogs, type Logs } from './open-logs.ts';
import { logsService } from './service.ts';

let dir: string;
let logs: Logs;
let server: Awaited<ReturnType<typeof servedAlone>>;
let client: CloudWatchLogsClient;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'acme-logs-'));
  logs = openLogs({ dir });
  server = await servedAlone((request, response) => logsService(logs)(request, response));
  client = new CloudWatchLogsClient(server.client);
});
afterEach(async () => {
  client.destroy();
  await server.close();
  await logs.close();
  rmSync(dir, { recursive: true, force: true });
});

const group = '/aws/lambda/acme-data-generator';
const filtered = async (input: Partial<FilterLogEventsCommandInput> = {}) =>
  (await client.send(new FilterLogEventsCommand({ logGroupName: group, ...input }))).events ?? [];
const messages = async (input: Partial<FilterLogEventsCommandInput> = {}) =>
  (await filtered(input)).map(({ message }) => message);

describe('the log', () => {
  it('gives what was written, of all streams, in order', async () => {
    const before = Date.now();
    logs.write(group, 'one', 'first\nwith a second line');
    logs.write(group, 'two', 'zweite Zeile: ü');
    const [first, second] = await filtered({ interleaved: true });
    expect(first).toMatchObject({ logStreamName: 'one', message: 'first\nwith a second line' });
    expect(second).toMatchObject({ logStreamName: 'two', message: 'zweite Zeile: ü' });
    expect(first?.timestamp).toBeGreaterThanOrEqual(before);
    expect(BigInt(second?.eventId ?? 0)).toBeGreaterThan(BigInt(first?.eventId ?? 0));
  });

  it('gives pages that together are everything, under ids that never change', async () => {
    const written = Array.from({ length: 2500 }, (_, i) => `line ${i}`);
    for (const line of written) logs.write(group, 'one', line);
    const seen: { message?: string | undefined; eventId?: string | undefined }[] = [];
    const sizes: number[] = [];
    for await (const { events = [] } of paginateFilterLogEvents({ client, pageSize: 1000 }, { logGroupName: group })) {
      seen.push(...events);
      sizes.push(events.length);
    }
    expect(sizes).toEqual([1000, 1000, 500]);
    expect(seen.map(({ message }) => message)).toEqual(written);
    expect((await filtered()).map(({ eventId }) => eventId)).toEqual(seen.map(({ eventId }) => eventId));
  });

  it('ends a page at 1 MB', async () => {
    for (let i = 0; i < 5; i += 1) logs.write(group, 'one', `${i}${'x'.repeat(400_000)}`);
    const { events, nextToken } = await client.send(new FilterLogEventsCommand({ logGroupName: group }));
    expect(events).toHaveLength(2);
    expect(await messages({ nextToken })).toEqual([expect.stringMatching(/^2x/), expect.stringMatching(/^3x/)]);
  });

  it('leaves out what is before the start, after the end or of other streams', async () => {
    logs.write(group, 'a/1', 'old');
    await new Promise((resolve) => setTimeout(resolve, 5));
    const between = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
    logs.write(group, 'b/1', 'new');
    expect(await messages({ startTime: between })).toEqual(['new']);
    expect(await messages({ endTime: between })).toEqual(['old']);
    expect(await messages({ logStreamNames: ['a/1'] })).toEqual(['old']);
    expect(await messages({ logStreamNamePrefix: 'b/' })).toEqual(['new']);
  });

  it.each([
    ['ERROR', ['ERROR one two', 'ERROR two']],
    ['ERROR one', ['ERROR one two']],
    ['ERROR -one', ['ERROR two']],
    ['?one ?three', ['ERROR one two', 'INFO three']],
    ['"one two"', ['ERROR one two']],
    ['error', []],
  ])('is filtered by %s', async (filterPattern, expected) => {
    for (const line of ['ERROR one two', 'ERROR two', 'INFO three']) logs.write(group, 'one', line);
    expect(await messages({ filterPattern })).toEqual(expected);
  });

  it('gives one stream from its head or from its end, and keeps the token at the end', async () => {
    for (let i = 0; i < 5; i += 1) logs.write(group, i % 2 ? 'odd' : 'even', `line ${i}`);
    const get = async (input: object) => {
      const command = new GetLogEventsCommand({ logGroupName: group, logStreamName: 'even', limit: 2, ...input });
      const { events, nextForwardToken, nextBackwardToken } = await client.send(command);
      return { lines: events?.map(({ message }) => message), nextForwardToken, nextBackwardToken };
    };
    const head = await get({ startFromHead: true });
    expect(head.lines).toEqual(['line 0', 'line 2']);
    const second = await get({ nextToken: head.nextForwardToken });
    expect(second.lines).toEqual(['line 4']);
    const third = await get({ nextToken: second.nextForwardToken });
    expect(third).toMatchObject({ lines: [], nextForwardToken: second.nextForwardToken });
    const last = await get({});
    expect(last.lines).toEqual(['line 2', 'line 4']);
    expect((await get({ nextToken: last.nextBackwardToken })).lines).toEqual(['line 0']);
  });

  it('describes its groups and streams', async () => {
    logs.defineGroup('/aws/firehose/acme-data-kinesis-to-s3', { retentionDays: 30 });
    logs.defineStream('/aws/firehose/acme-data-kinesis-to-s3', 'S3Delivery');
    logs.write(group, 'one', 'x');
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/' }));
    expect(logGroups).toMatchObject([
      { logGroupName: '/aws/firehose/acme-data-kinesis-to-s3', retentionInDays: 30 },
      { logGroupName: group, arn: `arn:aws:logs:us-west-2:000000000000:log-group:${group}:*` },
    ]);
    const streams = async (logGroupName: string) =>
      (await client.send(new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true })))
        .logStreams;
    expect(await streams('/aws/firehose/acme-data-kinesis-to-s3')).toMatchObject([{ logStreamName: 'S3Delivery' }]);
    logs.write(group, 'one', 'y');
    expect(await streams(group)).toMatchObject([
      { logStreamName: 'one', firstEventTimestamp: expect.any(Number), lastEventTimestamp: expect.any(Number) },
    ]);
  });

  it('refuses groups, streams, tokens and patterns that it does not have', async () => {
    logs.write(group, 'one', 'x');
    await expect(messages({ logGroupName: '/none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const stream = new GetLogEventsCommand({ logGroupName: group, logStreamName: 'none' });
    await expect(client.send(stream)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    for (const input of [{ nextToken: 'x' }, { filterPattern: '{ $.a = 1 }' }, { limit: 0 }])
      await expect(messages(input)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('the files of a log', () => {
  it('keep what was written over a restart, even when the last line is torn', async () => {
    logs.write(group, 'one', 'before');
    await logs.close();
    const folder = join(dir, encodeURIComponent(group));
    appendFileSync(join(folder, readdirSync(folder).sort()[0] ?? ''), '1790000000000 ["one","to');
    logs = openLogs({ dir });
    expect(await messages()).toEqual(['before']);
    logs.write(group, 'one', 'after');
    expect(await messages()).toEqual(['before', 'after']);
  });

  it('stay within their size, the oldest going first', async () => {
    logs = openLogs({ dir, groupBytes: 40_000 });
    for (let round = 0; round < 12; round += 1) {
      for (let i = 0; i < 100; i += 1) logs.write(group, 'one', `${round * 100 + i} ${'x'.repeat(60)}`);
      await logs.close();
    }
    const kept = (await messages()).map((message) => Number.parseInt(message ?? '', 10));
    expect(kept.at(-1)).toBe(1199);
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => 1200 - kept.length + i));
    expect(logs.group(group)?.storedBytes()).toBeLessThanOrEqual(40_000);
    expect(kept.length).toBeGreaterThan(200);
  });

  it('that cannot be written are told', async () => {
    const problems: string[] = [];
    logs = openLogs({ dir, report: (problem) => problems.push(problem) });
    logs.write(group, 'one', 'x');
    rmSync(join(dir, encodeURIComponent(group)), { recursive: true });
    await logs.close();
    expect(problems).toEqual([expect.stringMatching(/^log group \/aws\/lambda\/\S+: 1 lines are lost: ENOENT/)]);
  });
});
