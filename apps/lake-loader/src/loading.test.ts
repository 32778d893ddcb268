import { zstdDecompressSync } from 'node:zlib';
import type { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { transports } from '@acme/lambda-kit/testing';
import { aViewingEvent } from '@acme/telemetry-schema/testing';
import { describe, expect, it } from '@jest/globals';
import type { Sink } from './deliver.ts';
import { viewing } from './families.ts';
import { loading } from './loading.ts';

const env = {
  DELIVERY_STREAM: 'acme-data-kinesis-to-s3',
  QUARANTINE_BUCKET: 'lake',
  LEDGER_BUCKET: 'lake',
  DEADLINE_SECONDS: 1,
};
const denied = Object.assign(new Error('denied'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
const takesAll: Sink = async (records) => records.map(() => true);
const refusesAll: Sink = () => Promise.reject(denied);

/** What is put, by key; a key that begins with `refused` is not. */
const aBucket = (refused?: string) => {
  const objects = new Map<string, Buffer>();
  const put = async ({ input: { Key = '', Body } }: PutObjectCommand) => {
    if (refused !== undefined && Key.startsWith(refused)) throw denied;
    objects.set(Key, Buffer.from(Body as Buffer | string));
  };
  return { objects, s3: { send: put } as unknown as S3Client };
};

describe.each(transports)('a batch of the loader on %s', (transport, aBatch) => {
  const good = aViewingEvent({ event_timestamp: '2026-01-01T11:59:00Z' });
  const bad = { ...good, event_type: 'rewind' };
  const batch = aBatch([`${JSON.stringify(good)}\n${JSON.stringify(bad)}\n`, JSON.stringify(good)]);
  const [first] =
    transport === 'Kinesis' ? [`4966${'0'.repeat(52)}`] : [{ partition: 'acme-telemetry-stream-0', offset: 9_000 }];
  const itComesAgain = { batchItemFailures: [{ itemIdentifier: first }] };

  it('is done when its good events were taken, its bad ones are aside, and the ledger has it', async () => {
    const landed: string[] = [];
    const sink: Sink = async (records) => records.map((record) => landed.push(record.toString()) > 0);
    const { objects, s3 } = aBucket();
    expect(await loading(env, 'lake-loader', viewing, sink, s3)(batch)).toEqual({ batchItemFailures: [] });
    expect(
      landed
        .join('')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([good, good]);
    expect([...objects.keys()].map((key) => key.split('/')[0]).sort()).toEqual(['ledger', 'quarantine']);
    const [, entry] = [...objects].find(([key]) => key.startsWith('ledger/')) ?? [];
    expect(JSON.parse(zstdDecompressSync(entry as Buffer).toString())).toMatchObject({ in: 3, good: 2, bad: 1 });
  });

  it.each([
    ['Firehose does not take it', refusesAll, undefined],
    ['its bad events cannot be put aside', takesAll, 'quarantine/'],
    ['it cannot be put on record', takesAll, 'ledger/'],
  ])('comes again when %s', async (_, sink, refused) => {
    const { s3 } = aBucket(refused);
    expect(await loading(env, 'lake-loader', viewing, sink, s3)(batch)).toEqual(itComesAgain);
  });
});
