// What the SDKs for Java send and read: AWS CBOR 1.1. The bytes here are put together by hand, as Jackson writes them.
import { cbor } from '@smithy/core/cbor';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Kinesis } from '../kinesis.ts';
import { withKinesis } from '../kinesis.fixture.ts';
import { kinesisService } from './service.ts';

let kinesis: Kinesis;
let server: Server;
let end: () => void;
let ended: Promise<void>;
beforeEach(async () => {
  const until = new Promise<void>((resolve) => (end = resolve));
  const opened = Promise.withResolvers<void>();
  ended = withKinesis(async (open) => {
    kinesis = open;
    opened.resolve();
    await until;
  });
  await opened.promise;
  server = createServer(kinesisService(kinesis)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  end();
  await ended;
});

const send = async (operation: string, body: Uint8Array) => {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-cbor-1.1', 'x-amz-target': `Kinesis_20131202.${operation}` },
    body: Buffer.from(body),
  });
  const answer = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get('content-type')).toBe('application/x-amz-cbor-1.1');
  return { status: response.status, answer, output: cbor.deserialize(answer) as Record<string, unknown> };
};

const text = (value: string): Buffer => Buffer.concat([Buffer.from([0x78, value.length]), Buffer.from(value)]);
const bytesOf = (value: Buffer): Buffer => Buffer.concat([Buffer.from([0x58, value.length]), value]);
/** A map without a length, as a stream of JSON events is written. */
const map = (...pairs: readonly (readonly [string, Buffer])[]): Buffer =>
  Buffer.concat([Buffer.from([0xbf]), ...pairs.flatMap(([name, value]) => [text(name), value]), Buffer.from([0xff])]);
const array = (...values: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([0x9f]), ...values, Buffer.from([0xff])]);
const time = (ms: number): Buffer => {
  const encoded = Buffer.from([0xc1, 0x1b, ...new Array<number>(8).fill(0)]);
  encoded.writeBigInt64BE(BigInt(ms), 2);
  return encoded;
};

const data = Buffer.from([0, 255, 10, 0xf3, 0x89]);
const entry = map(['Data', bytesOf(data)], ['PartitionKey', text('a')]);
const stream = ['StreamName', text('clicks')] as const;

describe('Kinesis in CBOR', () => {
  it('takes bytes as bytes, and gives them and the time of their arrival back', async () => {
    await send('CreateStream', map(stream, ['ShardCount', Buffer.from([1])]));
    const before = Date.now();
    const put = await send('PutRecords', map(stream, ['Records', array(entry, entry)]));
    expect([put.status, put.output['FailedRecordCount'], (put.output['Records'] as unknown[]).length]).toEqual([
      200, 0, 2,
    ]);

    const shard = ['ShardId', text('shardId-000000000000')] as const;
    const from = [
      ['ShardIteratorType', text('AT_TIMESTAMP')],
      ['Timestamp', time(before - 1)],
    ] as const;
    const { output } = await send('GetShardIterator', map(stream, shard, ...from));
    const iterator = cbor.serialize({ ShardIterator: output['ShardIterator'] });
    const got = await send('GetRecords', iterator);
    const [record] = got.output['Records'] as Record<string, unknown>[];
    expect(Buffer.from(record?.['Data'] as Uint8Array)).toEqual(data);
    expect(record).toMatchObject({ PartitionKey: 'a', ApproximateArrivalTimestamp: { tag: 1 } });
    const arrived = (record?.['ApproximateArrivalTimestamp'] as { value: number }).value;
    expect([arrived >= before, arrived <= Date.now(), Number.isInteger(Number(arrived))]).toEqual([true, true, true]);
    expect((got.output['Records'] as unknown[]).length).toBe(2);
  });

  it('answers errors in CBOR', async () => {
    const { status, output } = await send('DescribeStream', map(['StreamName', text('none')]));
    expect([status, output]).toEqual([
      400,
      { __type: 'ResourceNotFoundException', message: 'Stream none under account 000000000000 not found.' },
    ]);
  });

  it.each([
    ['cut off', map(stream, ['Records', array(entry)]).subarray(0, -9)],
    ['no CBOR', Buffer.from('no CBOR')],
    ['nested without an end', Buffer.alloc(100_000, 0x9f)],
  ])('refuses a body that is %s, and takes nothing of it', async (_, body) => {
    await send('CreateStream', map(stream, ['ShardCount', Buffer.from([1])]));
    const { status, output } = await send('PutRecords', body);
    expect([status, output['__type']]).toEqual([400, 'SerializationException']);
    const [shard] = kinesis.stream('clicks').shards;
    expect(shard?.log.end).toBe(0);
  });
});
