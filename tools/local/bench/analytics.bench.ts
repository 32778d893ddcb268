// Clickstream events per second from the stream to exact aggregates, on a platform as it starts, and what of that the
// embedded DynamoDB takes.
//   node analytics.bench.ts [--events 200000]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clickstreamKey, clickstreamLines, fixedClock, openUniverse } from '@acme/synthetic';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { onAPlatform, type Place } from './on-a-platform.ts';
import { printRow, say } from './print.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '200000' } }, strict: false });
const events = Number(values.events);
const [perRecord, recordsPerCall] = [20, 100];
const perCall = perRecord * recordsPerCall;
const universe = openUniverse(0xa9a1);
const clock = fixedClock(Date.now());
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Everything onto the stream, before anybody reads it: a call at a time. */
const put = async ({ endpoint }: Place): Promise<void> => {
  const kinesis = new KinesisClient({ endpoint, region: 'us-west-2', credentials });
  for (let from = 0; from < events; from += perCall) {
    const lines = clickstreamLines(universe, { from, count: Math.min(perCall, events - from), clock });
    const Records = Array.from({ length: Math.ceil(lines.length / perRecord) }, (_, at) => ({
      PartitionKey: `key-${at}`,
      Data: Buffer.from(lines.slice(at * perRecord, (at + 1) * perRecord).join('\n')),
    }));
    const { FailedRecordCount } = await kinesis.send(
      new PutRecordsCommand({ StreamName: 'real-time-analytics-stream', Records }),
    );
    if (FailedRecordCount) throw new Error(`the stream refused ${FailedRecordCount} records`);
  }
  kinesis.destroy();
};

/** The counters of everything, minutes and hours each for themselves. */
const totals = async ({ endpoint }: Place): Promise<Record<string, number>> => {
  const client = new DynamoDBClient({ endpoint, region: 'us-west-2', credentials });
  const sums: Record<string, number> = {};
  for await (const { Items = [] } of paginateScan({ client }, { TableName: 'analytics-aggregates' })) {
    for (const { window, subject, ...counters } of Items) {
      if (subject?.S !== 'all') continue;
      for (const [name, { N }] of Object.entries(counters)) {
        const of = `${window?.S?.split('#')[0]} ${name}`;
        sums[of] = (sums[of] ?? 0) + Number(N);
      }
    }
  }
  client.destroy();
  return sums;
};

interface Stored {
  readonly message: string;
  readonly events: number;
  readonly durationMs: number;
  readonly calls: number;
  readonly busy: number;
}

/** What the function said of its batches. */
const batchesOf = async ({ platform: { engines } }: Place): Promise<Stored[]> => {
  const batches: Stored[] = [];
  const group = engines.logs.group('/aws/lambda/kinesis-stream-processor');
  if (group)
    for await (const { message } of group.read(undefined, 0))
      if (message.includes('"batch:stored"')) batches.push(JSON.parse(message) as Stored);
  return batches;
};

/** What the embedded DynamoDB, a process of its own, has used of a core so far, in µs; undefined where there is no /proc. */
const engineMicroseconds = ({ dir }: Place): number | undefined => {
  if (process.platform !== 'linux') return undefined;
  const stat = readFileSync(`/proc/${readFileSync(join(dir, 'dynamodb/pid'), 'utf8')}/stat`, 'utf8');
  const [userTicks, systemTicks] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
  return ((userTicks ?? 0) + (systemTicks ?? 0)) * 10_000; // a tick is 10 ms on Linux (USER_HZ, man 5 proc)
};

await onAPlatform(async (place) => {
  const engineBefore = engineMicroseconds(place);
  const startedMs = performance.now();
  const putting = put(place);
  const showing = setInterval(() => {
    const unread = place.platform.engines.eventSources.lag().reduce((most, { records }) => Math.max(most, records), 0);
    say(`${((performance.now() - startedMs) / 1000).toFixed(0)} s  ${unread} records unread`);
  }, 3000);
  await putting;
  await place.platform.drain();
  clearInterval(showing);
  const seconds = (performance.now() - startedMs) / 1000;
  const engine = engineMicroseconds(place);

  const [sums, key] = [await totals(place), clickstreamKey(universe, { from: 0, count: events })];
  for (const granularity of ['minute', 'hour']) {
    const wanted = { events: key.events, ...named('type#', key.byType), ...named('device#', key.byDevice) };
    for (const [name, sum] of Object.entries(wanted))
      if (sum > 0 && sums[`${granularity} ${name}`] !== sum) throw new Error(`the ${granularity}s' ${name} are wrong`);
  }
  const batches = await batchesOf(place);
  const sum = (what: 'events' | 'durationMs' | 'calls' | 'busy'): number =>
    batches.reduce((all, batch) => all + batch[what], 0);
  printRow({
    name: 'analytics: clickstream to exact aggregates, sustained',
    value: events / seconds,
    unit: 'events/s',
    atLeast: 4_000,
    about: `${events.toLocaleString('en-US')} events in ${seconds.toFixed(1)} s, equal to the answer key, all else running`,
  });
  if (engine !== undefined && engineBefore !== undefined)
    printRow({
      name: "  the embedded DynamoDB's CPU per event",
      value: (engine - engineBefore) / events,
      unit: 'µs',
      about: `${((engine - engineBefore) / 1e4 / seconds).toFixed(0)} % of one core, and it writes on one at a time`,
    });
  printRow({
    name: '  DynamoDB calls per 1,000 events',
    value: (sum('calls') * 1000) / sum('events'),
    unit: 'calls',
    about: `${sum('busy')} of ${sum('calls')} were in another's way`,
  });
  printRow({
    name: '  ms a batch waits for its stores',
    value: sum('durationMs') / batches.length,
    unit: 'ms',
    about: `of ${(sum('events') / batches.length).toFixed(0)} events; the function's own work is analytics/store`,
  });
});
process.exit();

function named(prefix: string, counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${prefix}${name}`, count]));
}
