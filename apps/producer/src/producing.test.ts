import { zstdDecompressSync } from 'node:zlib';
import type { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import { pack } from './pack.ts';
import { byKey } from './partition-key.ts';
import { producing, type Transport } from './producing.ts';
import { send, type Sink } from './send.ts';

const buckets = { QUARANTINE_BUCKET: 'lake', LEDGER_BUCKET: 'lake', DEADLINE_SECONDS: 1 };
const request = { awsRequestId: 'f4c5a1b2' };
const denied = Object.assign(new Error('denied'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });

/** What is put, by key; a key that `refuses` is not. */
const aBucket = (refuses: (key: string) => boolean = () => false) => {
  const objects = new Map<string, Buffer>();
  const put = async ({ input: { Key = '', Body } }: PutObjectCommand) => {
    if (refuses(Key)) throw denied;
    objects.set(Key, Buffer.from(Body as Buffer | string));
  };
  return { objects, s3: { send: put } as unknown as S3Client };
};
const takesAll: Sink = async (records) =>
  records.map((_, at) => ({ shard: 'shardId-000000000000', sequence: `${at}` }));
const producer = (s3: S3Client, sink: Sink = takesAll) => {
  const transport: Transport = { stream: 'acme-telemetry-stream', sink, keyOf: byKey, pack, send };
  return producing(buckets, { viewing: transport, clickstream: transport }, s3);
};
const receiptOf = (objects: ReadonlyMap<string, Buffer>): { totals: unknown } => {
  const [, body] = [...objects].find(([key]) => key.startsWith('ledger/')) ?? [];
  return JSON.parse(zstdDecompressSync(body as Buffer).toString());
};
const oneGoodOneBad = [aViewingEvent(), { ...aViewingEvent(), event_type: 'rewind' }];

describe('a call of the producer', () => {
  it('sends what is good, puts aside what is not, keeps a receipt, and says which and why', async () => {
    const { objects, s3 } = aBucket();
    expect(await producer(s3)(oneGoodOneBad, request)).toEqual({
      accepted: 1,
      rejected: [{ index: 1, field: 'event_type', reason: 'must be one of start, pause, resume, stop, complete' }],
    });
    expect([...objects.keys()].filter((key) => key.startsWith('quarantine/'))).toEqual([
      'quarantine/producer/f4c5a1b2.ndjson',
    ]);
    expect(receiptOf(objects).totals).toEqual({ in: 2, accepted: 1, rejected: 1, failed: 0 });
  });

  it('fails when its refused events could not be put aside, and its totals say that they were not', async () => {
    const { objects, s3 } = aBucket((key) => key.startsWith('quarantine/'));
    await expect(producer(s3)(oneGoodOneBad, request)).rejects.toBe(denied);
    expect(receiptOf(objects).totals).toEqual({ in: 2, accepted: 1, rejected: 0, failed: 1 });
  });

  it('fails when the stream refuses for good, and still puts aside what it refused itself', async () => {
    const { objects, s3 } = aBucket();
    const refuses: Sink = () => Promise.reject(denied);
    await expect(producer(s3, refuses)(oneGoodOneBad, request)).rejects.toBe(denied);
    expect(receiptOf(objects).totals).toEqual({ in: 2, accepted: 0, rejected: 1, failed: 1 });
  });
});
