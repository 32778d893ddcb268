// Events per second that one core checks, derives, adds up, packs and prints metrics of: what the handler does with a
// batch, but for DynamoDB and S3. Beside it, how many calls of DynamoDB that comes to.
import { emfLines, type SourceRecord } from '@acme/lambda-kit';
import { clickstreamLines, fixedClock, openUniverse } from '@acme/synthetic';
import { eventMetrics } from '../metrics/event-metrics.ts';
import { sortOut } from '../sort-out.ts';
import { storeEvents } from './store-events.ts';
import type { Transact } from './transact.ts';

const recordsPerBatch = 100;
const eventsPerRecord = 20;
const rounds = 9;
const roundMs = 1000;

const arrivedAtMs = Date.UTC(2026, 0, 1, 20);
const universe = openUniverse(1);
const batches = Array.from({ length: 20 }, (_, batch): SourceRecord[] => {
  const count = recordsPerBatch * eventsPerRecord;
  const lines = clickstreamLines(universe, { from: batch * count, count, clock: fixedClock(arrivedAtMs) });
  return Array.from({ length: recordsPerBatch }, (_, at) => ({
    id: `${batch}-${at}`,
    key: `key-${at}`,
    position: { source: 'real-time-analytics-stream', shard: 'shardId-000000000000', sequence: `${batch}-${at}` },
    arrivedAtMs,
    bytes: Buffer.from(lines.slice(at * eventsPerRecord, (at + 1) * eventsPerRecord).join('\n')),
  }));
});

let calls = 0;
let actions = 0;
const takesAll: Transact = async (items, counters) => {
  calls += 1;
  actions += items.length + counters.length;
  return { kind: 'done' };
};
const patience = { backoff: () => undefined, wait: async () => undefined, random: Math.random };

let next = 0;
let events = 0;
let printed = 0;
const oneBatch = async (): Promise<void> => {
  const { good, refused } = sortOut(batches[next++ % batches.length] as SourceRecord[]);
  if (refused.length > 0) throw new Error(`analytics refused ${refused.length} synthetic events`);
  const { fresh } = await storeEvents(good, { ...patience, transact: takesAll });
  for (const line of emfLines('RealTimeAnalytics', arrivedAtMs, eventMetrics(fresh))) printed += line.length;
  events += fresh.length;
};

const eventsPerSecond = async (): Promise<number> => {
  const started = performance.now();
  const before = events;
  while (performance.now() - started < roundMs) await oneBatch();
  return ((events - before) * 1000) / (performance.now() - started);
};

await eventsPerSecond();
const measured: number[] = [];
for (let round = 1; round <= rounds; round += 1) {
  process.stderr.write(`round ${round} of ${rounds}\n`);
  measured.push(await eventsPerSecond());
}
const print = (row: object): void => console.log(JSON.stringify(row));
print({
  name: 'analytics: validate + derive + add up + pack, one core',
  value: measured.sort((a, b) => a - b)[rounds >> 1],
  unit: 'events/s',
  atLeast: 50_000,
  about: `median of ${rounds} rounds, ${recordsPerBatch} records of ${eventsPerRecord} events a batch, without the store`,
});
print({
  name: '  DynamoDB calls per 1,000 events',
  value: (calls * 1000) / events,
  unit: 'calls',
  about: `${(actions / calls).toFixed(0)} actions a call, ${(actions / events).toFixed(2)} an event`,
});
if (printed === 0) throw new Error('nothing was printed');
