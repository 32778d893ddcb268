// What the Kinesis clients for Java get: records put and read in CBOR, in turns with the same in JSON, on a stream that
// writes to the disk before it answers.   node cbor.bench.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cborType, kinesisService, openKinesis, servedAlone } from '@acme/laptop-aws/testing';
import { cbor } from '@smithy/core/cbor';
import { median, printRow, say } from './print.ts';

const rounds = 7;
const callsOfARound = 40;
/** As many as a call takes, of the size of a viewing event. */
const recordsOfACall = 500;
const recordBytes = 450;

interface Form {
  readonly type: string;
  readonly write: (input: object) => Buffer;
  readonly read: (answer: Buffer) => Record<string, unknown>;
  readonly data: Buffer | string;
}
const event = Buffer.from(`{"event_id":"${'x'.repeat(recordBytes - 15)}"}`);
const forms: Readonly<Record<'JSON' | 'CBOR', Form>> = {
  JSON: {
    type: 'application/x-amz-json-1.1',
    write: (input) => Buffer.from(JSON.stringify(input)),
    read: (answer) => JSON.parse(answer.toString()) as Record<string, unknown>,
    data: event.toString('base64'),
  },
  CBOR: {
    type: cborType,
    write: (input) => Buffer.from(cbor.serialize(input)),
    read: (answer) => cbor.deserialize(answer) as Record<string, unknown>,
    data: event,
  },
};

const dir = mkdtempSync(join(tmpdir(), 'cbor-bench-'));
const kinesis = await openKinesis({ dir, fsync: 'each' });
const { client, close } = await servedAlone(kinesisService(kinesis));
const agent = new Agent({ keepAlive: true });

/** What a call answers, before anybody reads it. */
const send = (type: string, operation: string, body: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': type,
      'x-amz-target': `Kinesis_20131202.${operation}`,
      'content-length': body.length,
    };
    const sent = request(client.endpoint, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const answer = Buffer.concat(parts);
        if (response.statusCode === 200) resolve(answer);
        else reject(new Error(`${operation}: ${response.statusCode} ${answer.toString()}`));
      });
    });
    sent.on('error', reject).end(body);
  });

/** Records a second that one caller puts, and then reads. The bodies are ready before and read after the clock. */
const measure = async ({ type, write, read, data }: Form, name: string): Promise<{ put: number; get: number }> => {
  const ask = async (operation: string, input: object) => read(await send(type, operation, write(input)));
  const StreamName = `bench-${name}`;
  await ask('CreateStream', { StreamName, ShardCount: 1 });
  const Records = Array.from({ length: recordsOfACall }, (_, each) => ({ Data: data, PartitionKey: `key-${each}` }));
  const body = write({ StreamName, Records });
  const records = callsOfARound * recordsOfACall;
  const putting = performance.now();
  for (let call = 0; call < callsOfARound; call += 1) await send(type, 'PutRecords', body);
  const put = (1000 * records) / (performance.now() - putting);

  const shard = { StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' };
  let { ShardIterator } = await ask('GetShardIterator', shard);
  let [got, ms] = [0, 0];
  while (got < records) {
    const input = write({ ShardIterator, Limit: 10_000 });
    const started = performance.now();
    const answer = await send(type, 'GetRecords', input);
    ms += performance.now() - started;
    const output = read(answer);
    got += (output['Records'] as readonly unknown[]).length;
    ShardIterator = output['NextShardIterator'];
  }
  if (got !== records) throw new Error(`${got} records read of ${records} written`);
  return { put, get: (1000 * records) / ms };
};

try {
  const figures: Record<keyof typeof forms, { put: number; get: number }[]> = { JSON: [], CBOR: [] };
  for (let round = -1; round < rounds; round += 1) {
    for (const form of ['JSON', 'CBOR'] as const) {
      const taken = await measure(forms[form], `${form}-${round + 1}`);
      if (round >= 0) figures[form].push(taken); // the first warms up
    }
    say(`round ${round + 1} of ${rounds}`);
  }
  for (const what of ['put', 'get'] as const) {
    const of = (form: keyof typeof forms): number => median(figures[form].map((each) => each[what]));
    for (const form of ['JSON', 'CBOR'] as const)
      printRow({
        name: `${what} in ${form}`,
        value: Math.round(of(form)),
        unit: 'records/s',
        about: `${recordBytes} bytes`,
      });
    printRow({ name: `${what}: CBOR against JSON`, value: of('CBOR') / of('JSON'), unit: '×', atLeast: 0.9 });
  }
} finally {
  agent.destroy();
  await close();
  await kinesis.close();
  rmSync(dir, { recursive: true, force: true });
}
