// Events per second that one core checks, packs and batches: what the handler does with a call, but for the network.
//   node produce.bench.ts --sample <a file of viewing events, newline-delimited>
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { textFramesOf } from '@acme/lambda-kit';
import { incoming } from './input.ts';
import { byBucket } from './partition-key.ts';
import { check } from './check.ts';
import { send, type Sink } from './send.ts';

const perCall = 1000;
const rounds = 9;
const roundMs = 1000;

const { sample } = parseArgs({ options: { sample: { type: 'string' } }, strict: false }).values;
if (typeof sample !== 'string') throw new Error('which events? give a file of them: --sample <file.ndjson>');
const lines = [...textFramesOf(readFileSync(sample, 'utf8'))];
const payloads: string[] = [];
for (let at = 0; at + perCall <= lines.length; at += perCall) {
  // Invoked, a function gets its payload as JSON and the runtime parses it; here it is parsed already.
  payloads.push(lines.slice(at, at + perCall).join('\n'));
}

const partitionKey = byBucket(64);
let records = 0;
let calls = 0;
const takesAll: Sink = async (batch) => {
  records += batch.length;
  calls += 1;
  return batch.map(() => ({ shard: 'shardId-000000000000', sequence: '0' }));
};
const unused = async (): Promise<void> => undefined;

let next = 0;
let events = 0;
const oneCall = async (): Promise<void> => {
  const { packed, accepted, rejected } = check(incoming(payloads[next++ % payloads.length]), partitionKey, Date.now());
  if (rejected.length > 0) throw new Error(`the producer refused ${rejected.length} events of the sample`);
  await send(packed, takesAll, { backoff: () => undefined, wait: unused });
  events += accepted;
};

const eventsPerSecond = async (): Promise<number> => {
  const started = performance.now();
  const before = events;
  while (performance.now() - started < roundMs) await oneCall();
  return ((events - before) * 1000) / (performance.now() - started);
};

await eventsPerSecond();
const measured: number[] = [];
for (let round = 1; round <= rounds; round += 1) {
  process.stderr.write(`round ${round} of ${rounds}\n`);
  measured.push(await eventsPerSecond());
}
console.log(
  JSON.stringify({
    name: 'producer: validate + pack + batch, one core',
    value: measured.sort((a, b) => a - b)[rounds >> 1],
    unit: 'events/s',
    atLeast: 300_000,
    about: `median of ${rounds} rounds, ${perCall} events a call, ${(events / records).toFixed(1)} a record, ${(records / calls).toFixed(0)} records a PutRecords`,
  }),
);
