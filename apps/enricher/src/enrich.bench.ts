// Events per second that one core checks, enriches from a warm cache, sorts into hours and packs: what the handler does
// with a batch, but for DynamoDB and S3. Beside it, what that comes to in calls and bytes.
import type { Batch } from '@acme/lambda-kit';
import { clickstreamLines, fixedClock, openUniverse, viewingLines } from '@acme/synthetic';
import { universeLines } from '../load/universe-lines.ts';
import { readRows } from '../load/read-rows.ts';
import { type Dimension, dimensions, itemOf } from './dimensions/index.ts';
import { enrich } from './enrich.ts';
import { familyOf } from './families.ts';
import type { BatchGet } from './lookup/batch-get.ts';
import { lookingUp } from './lookup/look-up.ts';
import { hourObjects } from './sink/hour-objects.ts';
import { putRows } from './sink/put-rows.ts';
import { sortOut } from './sort-out.ts';

const [recordsPerBatch, eventsPerRecord] = [100, 20];
const perBatch = recordsPerBatch * eventsPerRecord;
const rounds = 9;
const roundMs = 1000;

const arrivedAtMs = Date.UTC(2026, 0, 1, 20);
const universe = openUniverse(1);
const clock = fixedClock(arrivedAtMs);
const streams = { VIEWING_STREAM: 'acme-telemetry-stream', CLICKSTREAM_STREAM: 'real-time-analytics-stream' };

const batchesOf = (source: string, linesOf: typeof viewingLines): Batch[] =>
  Array.from({ length: 20 }, (_, batch) => {
    const lines = linesOf(universe, { from: batch * perBatch, count: perBatch, clock });
    return Array.from({ length: recordsPerBatch }, (_each, at) => ({
      id: `${batch}-${at}`,
      key: `key-${at}`,
      position: { source, shard: 'shardId-000000000000', sequence: `${batch}-${at}` },
      arrivedAtMs,
      bytes: Buffer.from(lines.slice(at * eventsPerRecord, (at + 1) * eventsPerRecord).join('\n')),
    })) as unknown as Batch;
  });

const items = new Map<Dimension, Map<string, ReturnType<typeof itemOf>>>();
for (const dimension of dimensions) {
  const rows = await readRows(dimension.name, dimension, universeLines(dimension.name, 1));
  items.set(dimension, new Map(rows.map(({ key, row }) => [key, itemOf({ key, row, version: 1 })])));
}
let calls = 0;
const get: BatchGet = async (asked) => {
  calls += 1;
  return {
    items: asked.flatMap(({ dimension, key }) => {
      const item = items.get(dimension)?.get(key);
      return item ? [{ dimension, key, item }] : [];
    }),
    left: [],
  };
};
const patience = { backoff: () => undefined, wait: async () => undefined };
const lookUp = lookingUp(get, { entries: 20_000, hitMs: 3_600_000, missMs: 3_600_000 });

let events = 0;
let bytes = 0;
const oneBatch = async (batch: Batch): Promise<void> => {
  const family = familyOf(batch[0].position.source, streams);
  const { good, refused } = sortOut(batch, family);
  if (refused.length > 0) throw new Error(`the enricher refused ${refused.length} synthetic events`);
  const { rows } = await enrich(good, { ...patience, lookUp });
  if (rows[0]?.enrichment_status !== 'complete') throw new Error('the first event is not complete');
  await putRows(hourObjects(family.name, batch, rows), async (_, body) => (bytes += body.length), patience);
  events += rows.length;
};

const print = (row: object): void => console.log(JSON.stringify(row));
for (const [name, batches] of [
  ['viewing', batchesOf(streams.VIEWING_STREAM, viewingLines)],
  ['clickstream', batchesOf(streams.CLICKSTREAM_STREAM, clickstreamLines)],
] as const) {
  let next = 0;
  const eventsPerSecond = async (): Promise<number> => {
    const [started, before] = [performance.now(), events];
    while (performance.now() - started < roundMs) await oneBatch(batches[next++ % batches.length] as Batch);
    return ((events - before) * 1000) / (performance.now() - started);
  };
  for (const batch of batches) await oneBatch(batch);
  [events, bytes, calls] = [0, 0, 0];
  const measured: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    process.stderr.write(`${name}: round ${round} of ${rounds}\n`);
    measured.push(await eventsPerSecond());
  }
  if (calls > 0) throw new Error('the cache was not warm');
  print({
    name: `enricher: validate + enrich + pack, ${name}, one core`,
    value: measured.sort((a, b) => a - b)[rounds >> 1],
    unit: 'events/s',
    atLeast: 20_000,
    about: `median of ${rounds} rounds, ${recordsPerBatch} records of ${eventsPerRecord} events a batch, warm cache`,
  });
  print({ name: '  bytes an enriched event takes in S3', value: bytes / events, unit: 'bytes', about: 'gzip' });
}
