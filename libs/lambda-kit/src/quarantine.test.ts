import { describe, expect, it } from '@jest/globals';
import { schemaVersion } from '@acme/telemetry-schema';
import type { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { quarantine } from './quarantine.ts';

const recording = () => {
  const sent: PutObjectCommand['input'][] = [];
  const client = { send: async ({ input }: PutObjectCommand) => void sent.push(input) } as unknown as S3Client;
  return { sent, client };
};
const refused = [
  {
    index: 3,
    class: 'undecodable',
    problems: [{ field: 'quality', reason: 'is not one of SD, HD, 4K' }],
    raw: Buffer.from([0xff, 0x00]),
    position: { source: 'events', shard: 'shardId-0', sequence: '42' },
  },
] as const;

describe('quarantine', () => {
  it('writes a line per event with class, reason, raw bytes, position and schema version', async () => {
    const { sent, client } = recording();
    await quarantine(client, { bucket: 'lake', key: 'quarantine/loader/1-2.ndjson', refused });
    expect(sent).toMatchObject([{ Bucket: 'lake', Key: 'quarantine/loader/1-2.ndjson' }]);
    expect(
      String(sent[0]?.Body)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        index: 3,
        class: 'undecodable',
        problems: refused[0]?.problems,
        schema_version: schemaVersion,
        source: 'events',
        shard: 'shardId-0',
        sequence: '42',
        raw: '/wA=',
      },
    ]);
  });

  it('writes nothing when nothing was refused', async () => {
    const { sent, client } = recording();
    await quarantine(client, { bucket: 'lake', key: 'loader/1-2', refused: [] });
    expect(sent).toEqual([]);
  });

  it('fails when the store does, so that the batch comes again', async () => {
    const client = { send: async () => Promise.reject(new Error('503')) } as unknown as S3Client;
    await expect(quarantine(client, { bucket: 'lake', key: 'k', refused })).rejects.toThrow('503');
  });
});
