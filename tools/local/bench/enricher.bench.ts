// Events per second from both streams to enriched objects, on a platform as it starts, with the lookup tables loaded and
// the cache warm.
//   node enricher.bench.ts [--events 200000]
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { withLake } from '@acme/laptop-aws/sql';
import { loadRows } from '../../../apps/enricher/load/load-rows.ts';
import { lookupTable } from '../../../apps/enricher/load/lookup-table.ts';
import { readRows } from '../../../apps/enricher/load/read-rows.ts';
import { universeLines } from '../../../apps/enricher/load/universe-lines.ts';
import { dimensions } from '../../../apps/enricher/src/dimensions/index.ts';
import { clickstreamLines, fixedClock, openUniverse, viewingLines } from '@acme/synthetic';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { onAPlatform, type Place } from './on-a-platform.ts';
import { printRow, say } from './print.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '200000' } }, strict: false });
const count = Math.floor(Number(values.events) / 2);
const warming = 20_000;
const [perRecord, recordsPerCall] = [20, 100];
const perCall = perRecord * recordsPerCall;
const seed = 0xe9a1;
const universe = openUniverse(seed);
const clock = fixedClock(Date.now());
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const streams = {
  viewing: ['acme-telemetry-stream', viewingLines],
  clickstream: ['real-time-analytics-stream', clickstreamLines],
} as const;
type Family = keyof typeof streams;

const load = async ({ endpoint }: Place): Promise<void> => {
  const client = new DynamoDBClient({ endpoint, region: 'us-west-2', credentials });
  for (const dimension of dimensions) {
    const rows = await readRows(dimension.name, dimension, universeLines(dimension.name, seed));
    await loadRows({ source: dimension.name, rows, table: lookupTable(client, dimension.tableName) });
  }
  client.destroy();
};

/** Events of a range onto a stream, a call at a time. */
const put = async ({ endpoint }: Place, family: Family, first: number, count: number): Promise<void> => {
  const kinesis = new KinesisClient({ endpoint, region: 'us-west-2', credentials });
  const [StreamName, linesOf] = streams[family];
  for (let from = first; from < first + count; from += perCall) {
    const lines = linesOf(universe, { from, count: Math.min(perCall, first + count - from), clock });
    const Records = Array.from({ length: Math.ceil(lines.length / perRecord) }, (_, at) => ({
      PartitionKey: `key-${at}`,
      Data: Buffer.from(lines.slice(at * perRecord, (at + 1) * perRecord).join('\n')),
    }));
    const { FailedRecordCount } = await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    if (FailedRecordCount) throw new Error(`the stream refused ${FailedRecordCount} records`);
  }
  kinesis.destroy();
};

/** Until the enricher has nothing left to read; others may lag behind. */
const enriched = async ({ platform: { engines } }: Place): Promise<void> => {
  const unread = (): number =>
    engines.eventSources
      .lag()
      .filter(({ functionName }) => functionName === 'acme-data-enricher')
      .reduce((sum, { records }) => sum + records, 0);
  while (unread() > 0) await wait(20);
};

interface Enriched {
  readonly enriched: number;
  readonly calls: number;
  readonly objects: number;
}

/** What the function said of its batches. */
const batchesOf = async ({ platform: { engines } }: Place): Promise<Enriched[]> => {
  const batches: Enriched[] = [];
  const group = engines.logs.group('/aws/lambda/acme-data-enricher');
  if (group)
    for await (const { message } of group.read(undefined, 0))
      if (message.includes('"batch:enriched"')) batches.push(JSON.parse(message) as Enriched);
  return batches;
};

await onAPlatform(async (place) => {
  say('loading the lookup tables, then warming up');
  await load(place);
  for (const family of ['viewing', 'clickstream'] as const) await put(place, family, 0, warming);
  await enriched(place);
  const before = (await batchesOf(place)).length;

  const eventsPerSecond = async (family: Family): Promise<number> => {
    say(`${count} ${family} events`);
    const startedMs = performance.now();
    await put(place, family, warming, count);
    await enriched(place);
    return (count * 1000) / (performance.now() - startedMs);
  };
  const perSecond = { viewing: await eventsPerSecond('viewing'), clickstream: await eventsPerSecond('clickstream') };

  const [[complete] = []] = await withLake({ dir: place.dir, inOrder: false }, async (connection) =>
    (
      await connection.runAndReadAll(
        `SELECT COUNT(DISTINCT event_id)::DOUBLE FROM acme_telemetry.enriched_events WHERE enrichment_status = 'complete'`,
      )
    ).getRows(),
  );
  const wanted = 2 * (warming + count);
  if (complete !== wanted) throw new Error(`${String(complete)} of ${wanted} events are enriched in full`);
  const batches = (await batchesOf(place)).slice(before);
  const sum = (what: keyof Enriched): number => batches.reduce((all, batch) => all + batch[what], 0);
  for (const [family, beside] of [
    ['viewing', 'lake-loader, the live page and the auditor'],
    ['clickstream', 'these and analytics'],
  ] as const)
    printRow({
      name: `enricher: ${family} to enriched objects, sustained`,
      value: perSecond[family],
      unit: 'events/s',
      ...(family === 'viewing' ? { atLeast: 8_000 } : {}), // analytics takes twice as long with the clickstream
      about: `${count.toLocaleString('en-US')} events, all known, puts included; ${beside} take them at the same time`,
    });
  printRow({
    name: '  DynamoDB calls per 1,000 events',
    value: (sum('calls') * 1000) / sum('enriched'),
    unit: 'calls',
    about: 'up to 100 keys each; the cache is warm',
  });
  printRow({
    name: '  objects per 1,000 events',
    value: (sum('objects') * 1000) / sum('enriched'),
    unit: 'objects',
    about: `${batches.length} batches; one for each hour that a batch's events happened in`,
  });
});
process.exit();
