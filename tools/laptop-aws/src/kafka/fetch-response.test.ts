// What a broker answers to a fetch, as kafkajs then gives it to its consumers. Real brokers: unreadable.engines.test.ts.
import { createRequire } from 'node:module';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { crc32c } from '@node-rs/crc32';
import type { KafkaMessage } from 'kafkajs';
import { mostBytes } from './codecs.ts';
import './client.ts'; // teaches kafkajs
import { isUnreadable, mostRecords } from './fetch-response.ts';

const { requests } = createRequire(import.meta.url)('kafkajs/src/protocol/requests') as {
  readonly requests: {
    readonly Fetch: {
      protocol(of: { readonly version: number }): (options: object) => {
        readonly response: { decode(answer: Buffer): Promise<Decoded>; parse(decoded: Decoded): Promise<Decoded> };
      };
    };
  };
};
interface Decoded {
  readonly throttleTime: number;
  readonly clientSideThrottleTime: number;
  readonly errorCode: number;
  readonly sessionId: number;
  readonly responses: readonly {
    readonly topicName: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly highWatermark: string;
      readonly messages: readonly KafkaMessage[];
    }[];
  }[];
}

const int16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const int64 = (value: bigint | number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
const text = (value: string): Buffer => Buffer.concat([int16(value.length), Buffer.from(value)]);
/** A record's number: zigzag, seven bits a byte. */
const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  for (let left = value < 0 ? -2 * value - 1 : 2 * value; ; left = Math.floor(left / 128)) {
    bytes.push(left < 128 ? left : (left % 128) + 128);
    if (left < 128) return Buffer.from(bytes);
  }
};
const record = (value: Buffer, delta: number): Buffer => {
  const body = Buffer.concat([Buffer.of(0, 0), varint(delta), varint(-1), varint(value.length), value, varint(0)]);
  return Buffer.concat([varint(body.length), body]);
};

interface BatchOf {
  readonly base: number;
  readonly values?: readonly string[];
  readonly codec?: number;
  readonly packed?: (records: Buffer) => Buffer;
  readonly count?: number;
  readonly lastDelta?: number;
}
const at = 1_764_547_200_000;
const batch = ({ base, values = [], codec = 0, packed = (all) => all, ...head }: BatchOf): Buffer => {
  const { count = values.length, lastDelta = values.length - 1 } = head;
  const body = Buffer.concat([
    ...[int16(codec), int32(lastDelta), int64(at), int64(at), int64(-1), int16(-1), int32(-1), int32(count)],
    packed(Buffer.concat(values.map((value, delta) => record(Buffer.from(value), delta)))),
  ]);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32c(body));
  return Buffer.concat([int64(base), int32(9 + body.length), int32(0), Buffer.of(2), crc, body]);
};
const flipped = (bytes: Buffer, place: number): Buffer => {
  const other = Buffer.from(bytes);
  other[place] = (other[place] as number) ^ 1;
  return other;
};

const end = 1_000;
const answer = (batches: readonly Buffer[]): Buffer => {
  const records = Buffer.concat(batches);
  return Buffer.concat([
    ...[int32(7), int16(0), int32(0), int32(1), text('views'), int32(1)],
    ...[int32(3), int16(0), int64(end), int64(end), int64(0), int32(0), int32(-1), int32(records.length), records],
  ]);
};

const decode = async (...batches: readonly Buffer[]): Promise<Decoded> => {
  const { response } = requests.Fetch.protocol({ version: 11 })({ topics: [] });
  return response.parse(await response.decode(answer(batches)));
};
/** Offset and value of each record, and whether it stands for a batch. */
const read = async (...batches: readonly Buffer[]): Promise<[string, string, boolean][]> => {
  const { responses } = await decode(...batches);
  const messages = responses[0]?.partitions[0]?.messages ?? [];
  return messages.map((message) => [message.offset, String(message.value), isUnreadable(message)]);
};

const good = batch({ base: 10, values: ['a', 'b'] });
const after = batch({ base: 20, values: ['z'] });

describe('an answer to a fetch', () => {
  it('is what kafkajs makes of it, where every batch can be read', async () => {
    const packed = batch({ base: 12, values: ['c', 'd'], codec: 4, packed: zstdCompressSync });
    const decoded = await decode(good, packed);
    expect(decoded).toMatchObject({ throttleTime: 0, clientSideThrottleTime: 7, errorCode: 0, sessionId: 0 });
    expect(decoded.responses[0]).toMatchObject({ topicName: 'views' });
    expect(decoded.responses[0]?.partitions[0]).toMatchObject({ partition: 3, highWatermark: String(end) });
    expect(await read(good, packed)).toEqual([
      ['10', 'a', false],
      ['11', 'b', false],
      ['12', 'c', false],
      ['13', 'd', false],
    ]);
  });

  it('that the broker cut off ends before the batch that is not whole', async () => {
    expect(await read(good, after.subarray(0, -1))).toEqual([
      ['10', 'a', false],
      ['11', 'b', false],
    ]);
  });

  const three = { base: 12, values: ['c', 'd', 'e'] };
  it.each([
    ['with a flipped bit in its records', flipped(batch(three), 65), 'its checksum does not match: it is damaged'],
    ['with a flipped bit in its checksum', flipped(batch(three), 20), 'its checksum does not match: it is damaged'],
    [
      'in a codec that Kafka does not have',
      batch({ ...three, codec: 6 }),
      "it is packed by a codec with the number 6, which is none of Kafka's",
    ],
    [
      'that is not what its codec writes',
      batch({ ...three, codec: 4 }),
      expect.stringMatching(/^it cannot be unpacked: .*Unknown frame descriptor/),
    ],
    [
      'that says it has more records than it has',
      batch({ ...three, count: 5, codec: 4, packed: zstdCompressSync }),
      expect.stringMatching(/^it cannot be unpacked: ./),
    ],
    [
      'of more records than a process should hold',
      batch({ ...three, count: mostRecords + 1 }),
      `it has ${mostRecords + 1} records; at most ${mostRecords} are read`,
    ],
    [
      'that grows too large when it is unpacked',
      batch({ ...three, codec: 4, packed: () => zstdCompressSync(Buffer.alloc(mostBytes + 1)) }),
      expect.stringContaining(String(mostBytes)),
    ],
  ])('with a batch %s has one record in its place, and goes on', async (_, bad, reason) => {
    const [first, second, standIn, last, ...more] = await read(good, bad, after);
    expect([first, second, last, more]).toEqual([['10', 'a', false], ['11', 'b', false], ['20', 'z', false], []]);
    const [offset, value, isStandIn] = standIn ?? [];
    expect([offset, isStandIn]).toEqual(['14', true]);
    const head = `a batch that cannot be read (topic views, partition 3, offsets 12 to 14, ${bad.length} bytes): `;
    expect([value?.slice(0, head.length), value?.slice(head.length)]).toEqual([head, reason]);
  });

  it('never passes over offsets that only a damaged head names', async () => {
    for (const lastDelta of [500_000, 40, -7]) {
      const bad = flipped(batch({ base: 12, values: ['c', 'd', 'e'], lastDelta }), 65);
      expect((await read(bad)).map(([offset, , isStandIn]) => [offset, isStandIn])).toEqual([['12', true]]);
    }
    const far = batch({ base: 12, values: ['c'], codec: 7, lastDelta: end });
    expect((await read(far)).map(([offset]) => offset)).toEqual(['12']);
  });
});
