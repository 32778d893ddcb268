import { describe, expect, it } from '@jest/globals';
import { framesOf } from './framing.ts';
import { rangeOf, type SourceRecord } from './source-record.ts';
import { type Batch, recordsOf } from './stream-event.ts';
import { eventHandler, oneByOne, streamHandler } from './stream-handler.ts';
import { aKafkaBatch, aKinesisBatch, transports } from './test-events.ts';

const noon = Date.UTC(2026, 0, 1, 12);
const down = async (): Promise<never> => Promise.reject(new Error('sink is down'));
const nothingFailed = { batchItemFailures: [] };

describe.each(transports)('streamHandler on %s', (transport, aBatch) => {
  const itemOf = ({ position: { shard, sequence } }: SourceRecord) =>
    transport === 'Kafka' ? { partition: shard, offset: Number(sequence) } : sequence;
  const failedFrom = (record: SourceRecord | undefined) => ({
    batchItemFailures: [{ itemIdentifier: itemOf(record as SourceRecord) }],
  });

  it('hands over decoded records with their position and arrival, in order', async () => {
    const seen: SourceRecord[] = [];
    const handler = streamHandler(async (records) => void seen.push(...records));
    expect(await handler(aBatch(['a\nb\n', 'c'], { arrivedAtMs: noon + 123 }))).toEqual(nothingFailed);
    expect(seen.flatMap(linesOf)).toEqual(['a', 'b', 'c']);
    expect(seen.map(({ key, arrivedAtMs }) => ({ key, arrivedAtMs }))).toEqual([
      { key: 'bucket-0', arrivedAtMs: noon + 123 },
      { key: 'bucket-1', arrivedAtMs: noon + 123 },
    ]);
    expect(seen.map(({ position }) => position.source)).toEqual(['acme-telemetry-stream', 'acme-telemetry-stream']);
  });

  it('reports the first record when the batch could not be taken, so that all of it comes again', async () => {
    const batch = aBatch(['a', 'b']);
    expect(await streamHandler(down)(batch)).toEqual(failedFrom(recordsOf(batch)[0]));
  });

  it('reports the first record that failed where records are taken one by one, and touches none after it', async () => {
    const batch = aBatch(['a', 'b', 'c']);
    const taken: string[] = [];
    const handler = streamHandler(
      oneByOne(async (record) => {
        const [line] = linesOf(record);
        if (line === 'b') throw new Error('the table is throttled');
        taken.push(line as string);
      }),
    );
    expect(await handler(batch)).toEqual(failedFrom(recordsOf(batch)[1]));
    expect(taken).toEqual(['a']);
  });

  it('takes an event without records for done', async () => {
    const untouched = async () => expect('called').toBe('never called');
    expect(await streamHandler(untouched)(aBatch([]))).toEqual(nothingFailed);
    expect(await eventHandler(untouched)(aBatch([]))).toEqual(nothingFailed);
  });

  it('names a batch so that a retry of it gets the same name', async () => {
    const names: string[] = [];
    const handler = streamHandler(async (records) => void names.push(rangeOf(records)));
    const batch = aBatch(['a', 'b']);
    const [first, last] = recordsOf(batch);
    await handler(batch);
    await handler(batch);
    const name = `${first?.position.sequence}-${last?.position.sequence}`;
    expect(names).toEqual([name, name]);
  });
});

const linesOf = ({ bytes }: SourceRecord): string[] => Array.from(framesOf(bytes), (frame) => frame.toString());

describe('where a record stood', () => {
  const positionOf = (event: Parameters<typeof recordsOf>[0]) => recordsOf(event)[0]?.position;

  it('is stream, shard and sequence number on Kinesis', () => {
    const event = aKinesisBatch(['a']);
    expect(positionOf(event)).toEqual({
      source: 'acme-telemetry-stream',
      shard: 'shardId-000000000000',
      sequence: event.Records[0]?.kinesis.sequenceNumber,
    });
  });

  it('is topic, topic and partition, and offset on Kafka', () => {
    expect(positionOf(aKafkaBatch(['a'], { partition: 3 }))).toEqual({
      source: 'acme-telemetry-stream',
      shard: 'acme-telemetry-stream-3',
      sequence: '9000',
    });
  });
});

describe('a Kafka event', () => {
  const [zero, one, two] = [0, 1, 2].map((partition) => aKafkaBatch([`a${partition}`, `b${partition}`], { partition }));
  const event = { ...aKafkaBatch([]), records: { ...two?.records, ...zero?.records, ...one?.records } };

  it('of several partitions is a batch each, and one that fails holds up none of the others', async () => {
    const taken: string[][] = [];
    const handler = streamHandler(async (batch: Batch) => {
      if (batch[0].position.shard.endsWith('-1')) await down();
      taken.push(batch.flatMap(linesOf));
    });
    expect(await handler(event)).toEqual({
      batchItemFailures: [{ itemIdentifier: { partition: 'acme-telemetry-stream-1', offset: 9000 } }],
    });
    expect(taken.sort()).toEqual([
      ['a0', 'b0'],
      ['a2', 'b2'],
    ]);
  });

  it('comes again as a whole where a consumer takes it as one', async () => {
    expect((await eventHandler(down)(event)).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(
      [2, 0, 1].map((partition) => ({ partition: `acme-telemetry-stream-${partition}`, offset: 9000 })),
    );
  });

  it('may hold records without a key or without a value: no events, but positions', () => {
    const [record] = recordsOf({
      ...event,
      records: { t: [{ ...event.records['acme-telemetry-stream-0']?.[0], key: null, value: undefined }] },
    } as unknown as typeof event);
    expect(record).toMatchObject({ key: '', bytes: Buffer.alloc(0), position: { sequence: '9000' } });
    expect(linesOf(record as SourceRecord)).toEqual([]);
  });
});
