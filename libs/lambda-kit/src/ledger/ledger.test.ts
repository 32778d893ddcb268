import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Batch, recordsOf } from '../stream-event.ts';
import { aKinesisBatch } from '../test-events.ts';
import { BatchEntry, SeenEntry } from './batch-entry.ts';
import { batchKey, coverage, receiptKey } from './keys.ts';
import { Receipt } from './receipt.ts';
import { ledgerOf } from './write-ledger.ts';

const noon = Date.UTC(2026, 0, 31, 12, 59);
const records = recordsOf(aKinesisBatch(['a\nb', 'c'], { arrivedAtMs: noon })) as unknown as Batch;
const receipt: Receipt = {
  stream: 'acme-telemetry-stream',
  request: 'f4c5a1b2',
  startedAtMs: noon,
  number: 0,
  records: [{ shard: 'shardId-000000000000', sequence: '4966', ids: ['a', 'b'] }],
  totals: { in: 3, accepted: 2, rejected: 1, failed: 0 },
};
const seen: SeenEntry = { ...coverage(records), records: [{ sequence: '4966', arrivedAtMs: noon, lines: 2 }] };
const entry: BatchEntry = {
  consumer: 'lake-loader',
  ...coverage(records),
  in: 2,
  good: 1,
  bad: 1,
  duplicate: 0,
  wrote: { to: 'acme-data-kinesis-to-s3', rows: 1 },
  bestEffort: false,
  records: [{ sequence: '4966', arrivedAtMs: noon, in: 2, bad: 1, ids: ['a'] }],
};
const patiently = { backoff: (attempt: number) => (attempt < 3 ? 0 : undefined), wait: async () => undefined };
const failing = (...errors: Error[]) => {
  const sent: PutObjectCommand['input'][] = [];
  const send = async ({ input }: PutObjectCommand) => {
    const error = errors.shift();
    if (error) throw error;
    sent.push(input);
  };
  return { sent, client: { send } as unknown as S3Client };
};
const down = () => Object.assign(new Error('SlowDown'), { name: 'SlowDown', $metadata: { httpStatusCode: 503 } });

describe('ledger entries', () => {
  it.each([
    ['a receipt', Receipt, receipt],
    ['a batch entry', BatchEntry, entry],
    ['what a reader has seen', SeenEntry, seen],
  ] as const)('%s is what its schema says, with nothing beside it', (_, schema, good) => {
    expect(schema.parse(good)).toEqual(good);
    expect(schema.safeParse({ ...good, note: 1 }).success).toBe(false);
    expect(schema.safeParse({ ...good, records: [{}] }).success).toBe(false);
  });

  it('lie by writer, stream and hour, under names that a retry of the batch reproduces', () => {
    const again = recordsOf(aKinesisBatch(['a\nb', 'c'], { arrivedAtMs: noon })) as unknown as Batch;
    expect(batchKey('lake-loader', again)).toBe(batchKey('lake-loader', records));
    expect(batchKey('lake-loader', records)).toBe(
      `ledger/lake-loader/acme-telemetry-stream/hour=2026-01-31T12/shardId-000000000000/${records[0].id}-${records[1]?.id}.json.zst`,
    );
  });

  it('of two tries of one invocation do not overwrite each other: both tries are on the stream', () => {
    expect(receiptKey(receipt)).toBe(
      `ledger/receipts/acme-telemetry-stream/hour=2026-01-31T12/f4c5a1b2-${noon}-0.json.zst`,
    );
    expect(receiptKey({ ...receipt, startedAtMs: noon + 1 })).not.toBe(receiptKey(receipt));
  });
});

describe('ledgerOf', () => {
  it('writes the entry compressed, and again when the store was down', async () => {
    const { sent, client } = failing(down(), down());
    await ledgerOf(client, 'lake', patiently)(receiptKey(receipt), receipt);
    expect(sent).toMatchObject([{ Bucket: 'lake', Key: receiptKey(receipt) }]);
    expect(JSON.parse(zstdDecompressSync(sent[0]?.Body as Buffer).toString())).toEqual(receipt);
  });

  it('gives the entry a checksum, so that a damaged one cannot pass for whole', async () => {
    const { sent, client } = failing();
    await ledgerOf(client, 'lake', patiently)('k', entry);
    const head = (sent[0]?.Body as Buffer)[4] as number;
    expect(head & 0b100).toBe(0b100); // Content_Checksum_flag of the frame's header (RFC 8878, 3.1.1.1.1)
  });

  it('throws when the store stays down, so that the batch comes again', async () => {
    const { client } = failing(down(), down(), down());
    await expect(ledgerOf(client, 'lake', patiently)('k', entry)).rejects.toThrow('SlowDown');
  });

  it('does not repeat what can never succeed', async () => {
    const denied = Object.assign(new Error('denied'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    const { client, sent } = failing(denied);
    await expect(ledgerOf(client, 'lake', patiently)('k', entry)).rejects.toThrow('denied');
    expect(sent).toEqual([]);
  });

  it('writes nothing where the stage has switched it off', async () => {
    const { client, sent } = failing();
    await ledgerOf(client, undefined, patiently)('k', entry);
    expect(sent).toEqual([]);
  });
});
