import { describe, expect, it } from '@jest/globals';
import { anEntry, aStream, withKinesis } from '../kinesis/kinesis.fixture.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import type { Stream } from '../kinesis/stream.ts';
import type { LogRecord } from '../kinesis/log/log-record.ts';
import type { Batch } from './batch.ts';
import { gather } from './gather.ts';
import { payloadText } from '../lambda/stream-payload.ts';
import { eventBytes, eventText, largestPayloadBytes, recordWriter } from './kinesis-event.ts';
import type { MappingSettings } from './mapping-settings.ts';
import { ShardReader } from './shard-reader.ts';
import { aMapping } from './kinesis-mapping.fixture.ts';

const minutes = 60_000;

interface Poller {
  readonly stream: Stream;
  readonly stop: AbortController;
  readonly next: () => Promise<Batch<LogRecord> | undefined>;
}

const withPoller = (
  settings: Partial<MappingSettings>,
  run: (poller: Poller, kinesis: Kinesis) => Promise<void>,
  largestRecordKiB = 1024,
): Promise<void> =>
  withKinesis(async (kinesis) => {
    const stream = await kinesis.create(aStream({ largestRecordKiB }));
    const [shard] = stream.shards;
    if (!shard) throw new Error('no shard');
    const reader = new ShardReader(shard.log, { from: 0, expired: () => undefined });
    const shape = { text: eventText, bytes: eventBytes };
    const format = { write: recordWriter(stream.arn, shard.id, 'loader'), shape };
    const stop = new AbortController();
    const next = () => gather(reader, format, aMapping(settings), () => undefined, stop.signal);
    await run({ stream, stop, next }, kinesis);
  });

const entries = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, each) => anEntry(String(from + each)));
const texts = (batch: Batch<LogRecord> | undefined): string[] =>
  (batch?.records ?? []).map(({ data64 }) => Buffer.from(data64, 'base64').toString());

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html#invocation-eventsourcemapping-batching
describe('a batch', () => {
  it('is what is there when there is no window, up to the batch size', () =>
    withPoller({ batchSize: 3 }, async ({ stream, next }) => {
      await stream.put(entries(0, 5));
      expect(texts(await next())).toEqual(['0', '1', '2']);
      expect(texts(await next())).toEqual(['3', '4']);
      const waiting = next();
      await stream.put(entries(5, 6));
      expect(texts(await waiting)).toEqual(['5']);
    }));

  it('waits for its size within the window', () =>
    withPoller({ batchSize: 3, windowMs: 5 * minutes }, async ({ stream, next }) => {
      const waiting = next();
      for (const each of [0, 1, 2, 3]) await stream.put(entries(each, each + 1));
      expect(texts(await waiting)).toEqual(['0', '1', '2']);
    }));

  it('goes with what it has when the window is over', () =>
    withPoller({ batchSize: 100, windowMs: 30 }, async ({ stream, next }) => {
      await stream.put(entries(0, 2));
      expect(texts(await next())).toEqual(['0', '1']);
    }));

  it('ends when stopped', () =>
    withPoller({ batchSize: 100, windowMs: 5 * minutes }, async ({ stream, stop, next }) => {
      await stream.put(entries(0, 2));
      const waiting = next();
      stop.abort();
      expect(await waiting).toBeUndefined();
    }));

  it('is never over Lambda’s payload limit of 6 MB, and as near to it as whole records go', () =>
    withPoller({ batchSize: 1000, windowMs: 30 }, async ({ stream, next }) => {
      const recordBytes = 200_000;
      const sent = Array.from({ length: 60 }, (_, each) => String(each).padEnd(recordBytes, '.'));
      for (let at = 0; at < 60; at += 20) await stream.put(sent.slice(at, at + 20).map((text) => anEntry(text, 'Zoë')));
      const seen: string[] = [];
      while (seen.length < 60) {
        const batch = await next();
        const bytes = Buffer.byteLength(batch ? payloadText(batch.payload) : '');
        expect(batch?.payload.sizeBytes ?? 0).toBe(bytes);
        expect(bytes).toBeLessThanOrEqual(largestPayloadBytes);
        seen.push(...texts(batch));
        if (seen.length < 60) expect(bytes).toBeGreaterThan(largestPayloadBytes - recordBytes * 1.4);
      }
      expect(seen).toEqual(sent);
    }));

  it('of one record that is over the limit says so, and its neighbours are in others', () =>
    withPoller(
      { batchSize: 1000, windowMs: 0 },
      async ({ stream, next }) => {
        await stream.put([anEntry('small'), anEntry('x'.repeat(5_000_000)), anEntry('small')]);
        const batches = [await next(), await next(), await next()];
        expect(batches.map((batch) => [batch?.size, batch?.tooLarge])).toEqual([
          [1, false],
          [1, true],
          [1, false],
        ]);
      },
      10_240,
    ));
});
