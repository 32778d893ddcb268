import { describe, expect, it } from '@jest/globals';
import { linesOf, rangeOf, type SourceRecord } from './source-record.ts';
import { oneByOne, streamHandler } from './stream-handler.ts';
import { aKinesisBatch } from './test-events.ts';

describe('streamHandler', () => {
  it('hands over decoded records with their position and arrival, in order', async () => {
    const seen: SourceRecord[] = [];
    const handler = streamHandler(async (records) => void seen.push(...records));
    const batch = aKinesisBatch(['a\nb\n', 'c'], { arrivedAtMs: 1_767_268_800_123 });
    expect(await handler(batch)).toEqual({ batchItemFailures: [] });
    expect(seen.flatMap(linesOf)).toEqual(['a', 'b', 'c']);
    expect(seen[0]).toMatchObject({
      key: 'bucket-0',
      arrivedAtMs: 1_767_268_800_123,
      position: {
        source: 'acme-telemetry-stream',
        shard: 'shardId-000000000000',
        sequence: batch.Records[0]?.kinesis.sequenceNumber,
      },
    });
  });

  it('reports the first record when the batch could not be taken, so that all of it comes again', async () => {
    const batch = aKinesisBatch(['a', 'b']);
    const handler = streamHandler(async () => Promise.reject(new Error('sink is down')));
    expect(await handler(batch)).toEqual({
      batchItemFailures: [{ itemIdentifier: batch.Records[0]?.kinesis.sequenceNumber }],
    });
  });

  it('reports the first record that failed where records are taken one by one, and touches none after it', async () => {
    const batch = aKinesisBatch(['a', 'b', 'c']);
    const taken: string[] = [];
    const handler = streamHandler(
      oneByOne(async (record) => {
        const [line] = linesOf(record);
        if (line === 'b') throw new Error('the table is throttled');
        taken.push(line as string);
      }),
    );
    expect(await handler(batch)).toEqual({
      batchItemFailures: [{ itemIdentifier: batch.Records[1]?.kinesis.sequenceNumber }],
    });
    expect(taken).toEqual(['a']);
  });

  it('takes an empty batch for done', async () => {
    expect(await streamHandler(async () => undefined)({ Records: [] })).toEqual({ batchItemFailures: [] });
  });
});

describe('rangeOf', () => {
  it('names a batch so that a retry of it gets the same name', async () => {
    const names: string[] = [];
    const handler = streamHandler(async (records) => void names.push(rangeOf(records)));
    const batch = aKinesisBatch(['a', 'b']);
    await handler(batch);
    await handler(batch);
    expect(names[0]).toBe(`${batch.Records[0]?.kinesis.sequenceNumber}-${batch.Records[1]?.kinesis.sequenceNumber}`);
    expect(names[1]).toBe(names[0]);
  });
});
