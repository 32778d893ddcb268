import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import kafkajs from 'kafkajs';
import { compressFrameSync, decompressFrameSync } from 'lz4-napi';
import { compressSync, uncompressSync } from 'snappy';

/**
 * The most that a batch may be unpacked: what is larger is refused and not unpacked. Kafka's own brokers take batches of
 * 1 MiB (message.max.bytes), and text seldom shrinks to less than a fiftieth.
 */
export const mostBytes = 64 * 1024 * 1024;

const { GZIP, Snappy, LZ4, ZSTD } = kafkajs.CompressionTypes;

/** zlib unpacks in pieces of 16 KB, each with a turn of another thread: two to three times as dear as this. */
const inOnePiece = { chunkSize: 64 * 1024, maxOutputLength: mostBytes };

/** A codec as kafkajs calls it. */
const codec = (compress: (bytes: Buffer) => Buffer, decompress: (bytes: Buffer) => Buffer) => () => ({
  compress: async ({ buffer }: { readonly buffer: Buffer }) => compress(buffer),
  decompress: async (buffer: Buffer) => decompress(buffer),
});

/** Teaches kafkajs, which knows gzip alone, every codec that Kafka has; for all clients of this process. */
export const learnCodecs = (): void => {
  const codecs = kafkajs.CompressionCodecs as Record<number, ReturnType<typeof codec>>;
  codecs[GZIP] = codec(
    (bytes) => gzipSync(bytes),
    (bytes) => gunzipSync(bytes, inOnePiece),
  );
  codecs[Snappy] = codec((bytes) => compressSync(bytes), unsnap);
  codecs[LZ4] = codec((bytes) => compressFrameSync(bytes), unpackLz4);
  codecs[ZSTD] = codec(
    (bytes) => zstdCompressSync(bytes),
    (bytes) => zstdDecompressSync(bytes, { maxOutputLength: mostBytes }),
  );
};

/** How snappy-java frames blocks, as Kafka's clients for Java write them: a head of 16 bytes, then each with its length. */
const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const xerialHeadBytes = 16;

/** Snappy, plain or framed. */
const unsnap = (bytes: Buffer): Buffer => {
  if (!bytes.subarray(0, xerialMagic.length).equals(xerialMagic)) return unsnapBlock(bytes, mostBytes);
  const blocks: Buffer[] = [];
  let left = mostBytes;
  for (let at = xerialHeadBytes; at < bytes.length;) {
    const length = bytes.readInt32BE(at);
    const block = bytes.subarray(at + 4, at + 4 + length);
    if (length <= 0 || block.length < length) throw new Error('a block of snappy is cut off');
    const unpacked = unsnapBlock(block, left);
    left -= unpacked.length;
    blocks.push(unpacked);
    at += 4 + length;
  }
  return Buffer.concat(blocks);
};

const unsnapBlock = (block: Buffer, most: number): Buffer => {
  refuseLarge(unpackedLength(block), most);
  return uncompressSync(block) as Buffer;
};

/** A block of snappy begins with the length of what it holds, seven bits a byte, the lowest first. */
const unpackedLength = (block: Buffer): number => {
  let length = 0;
  for (let at = 0; at < 5; at += 1) {
    const byte = block[at] ?? 0;
    length += (byte & 0x7f) * 128 ** at;
    if (byte < 0x80) break;
  }
  return length;
};

/** LZ4 makes no byte into more than 255 (its block format: a length of a match grows by 255 a byte). */
const mostOfLz4 = 255;

const unpackLz4 = (bytes: Buffer): Buffer => {
  if (bytes.length > mostBytes / mostOfLz4) refuseLarge(lz4Length(bytes), mostBytes);
  return decompressFrameSync(bytes);
};

/** The sizes of all blocks of a frame if each were full (LZ4 frame format, "BD byte" and "Data Blocks"). */
const lz4Length = (bytes: Buffer): number => {
  const [flags = 0, block = 0] = bytes.subarray(4, 6);
  const blockBytes = 2 ** (8 + 2 * ((block >> 4) & 7));
  const hasBlockChecksums = (flags & 0x10) !== 0;
  let length = 0;
  for (let at = 7 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0); at + 4 <= bytes.length;) {
    const size = bytes.readUInt32LE(at);
    if (size === 0) break;
    length += Math.min(blockBytes, (size & 0x7fffffff) * mostOfLz4);
    at += 4 + (size & 0x7fffffff) + (hasBlockChecksums ? 4 : 0);
  }
  return length;
};

const refuseLarge = (length: number, most: number): void => {
  if (length > most) throw new Error(`a batch holds more than ${mostBytes} bytes`);
};
