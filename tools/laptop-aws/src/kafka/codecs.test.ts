// Every codec of Kafka, as kafkajs calls it. What other clients write is tried by tools/clients.
import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import kafkajs from 'kafkajs';
import { compressFrameSync } from 'lz4-napi';
import { compressSync } from 'snappy';
import { learnCodecs, mostBytes } from './codecs.ts';

learnCodecs();
const codecOf = (name: keyof typeof kafkajs.CompressionTypes) =>
  (
    kafkajs.CompressionCodecs as unknown as Record<
      number,
      () => { compress(of: { buffer: Buffer }): Promise<Buffer>; decompress(bytes: Buffer): Promise<Buffer> }
    >
  )[kafkajs.CompressionTypes[name]]?.() as {
    compress(of: { buffer: Buffer }): Promise<Buffer>;
    decompress(bytes: Buffer): Promise<Buffer>;
  };

const events = Buffer.from('{"event_id":"a","text":"ééé"}\n'.repeat(5_000));
const names = ['GZIP', 'Snappy', 'LZ4', 'ZSTD'] as const;
/** Snappy as snappy-java frames it: version 1, and blocks of 32 KiB. */
const framed = (bytes: Buffer): Buffer => {
  const parts: Buffer[] = [Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1])];
  for (let at = 0; at < bytes.length; at += 32_768) {
    const block = compressSync(bytes.subarray(at, at + 32_768));
    const length = Buffer.alloc(4);
    length.writeInt32BE(block.length);
    parts.push(length, block);
  }
  return Buffer.concat(parts);
};

describe('a codec of Kafka', () => {
  it.each(names)('%s gives back what it took', async (name) => {
    const { compress, decompress } = codecOf(name);
    for (const bytes of [events, randomBytes(100_000), Buffer.alloc(1)])
      expect((await decompress(await compress({ buffer: bytes }))).equals(bytes)).toBe(true);
  });

  it('Snappy reads the frames of Java’s clients', async () => {
    expect((await codecOf('Snappy').decompress(framed(events))).equals(events)).toBe(true);
  });

  it.each(names)('%s refuses what breaks off', async (name) => {
    const { compress, decompress } = codecOf(name);
    const packed = await compress({ buffer: randomBytes(10_000) });
    await expect(decompress(packed.subarray(0, -100))).rejects.toThrow();
  });

  it.each([
    ['GZIP', (bytes: Buffer) => gzipSync(bytes)],
    ['Snappy', (bytes: Buffer) => compressSync(bytes)],
    ['Snappy', framed],
    ['LZ4', (bytes: Buffer) => compressFrameSync(bytes)],
    ['ZSTD', (bytes: Buffer) => zstdCompressSync(bytes)],
  ] as const)('%s unpacks no more than a batch may hold', async (name, pack) => {
    const { decompress } = codecOf(name);
    await expect(decompress(pack(Buffer.alloc(mostBytes + 1)))).rejects.toThrow();
    const most = pack(Buffer.alloc(mostBytes));
    expect((await decompress(most)).length).toBe(mostBytes);
  });
});
