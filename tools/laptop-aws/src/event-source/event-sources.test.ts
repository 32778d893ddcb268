import { describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsError } from '../aws/aws-error.ts';
import { withoutSum, withSum } from '../disk/summed-text.ts';
import { openKinesis } from '../kinesis/kinesis.ts';
import { anEntry, aStream, inFolder, withKinesis } from '../kinesis/kinesis.fixture.ts';
import {
  aMapping,
  eventSourcesFor,
  failed,
  failedAt,
  textsOf,
  type Answer,
  type KinesisEvent,
} from './kinesis-mapping.fixture.ts';

const entries = (...texts: string[]) => texts.map((text) => anEntry(text));

// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
describe('an event source mapping', () => {
  it('sends the event that Lambda sends', () =>
    withKinesis(async (kinesis, dir) => {
      const stream = await kinesis.create(aStream());
      const [put] = await stream.put([anEntry('Hello', 'a "key" of Zoë')]);
      const events: KinesisEvent[] = [];
      const sources = eventSourcesFor(kinesis, dir, (event) => void events.push(event));
      await sources.define(aMapping());
      sources.start();
      await sources.drained();
      await sources.stop();
      expect(events).toEqual([
        {
          Records: [
            {
              kinesis: {
                kinesisSchemaVersion: '1.0',
                partitionKey: 'a "key" of Zoë',
                sequenceNumber: put?.SequenceNumber,
                data: 'SGVsbG8=',
                approximateArrivalTimestamp: (stream.shards[0]?.log.lastArrivalMs as number) / 1000,
              },
              eventSource: 'aws:kinesis',
              eventVersion: '1.0',
              eventID: `shardId-000000000000:${put?.SequenceNumber}`,
              eventName: 'aws:kinesis:record',
              invokeIdentityArn: 'arn:aws:iam::000000000000:role/loader',
              awsRegion: 'us-west-2',
              eventSourceARN: 'arn:aws:kinesis:us-west-2:000000000000:stream/clicks',
            },
          ],
        },
      ]);
    }));

  it('tells when the last record of each batch arrived that goes to the function, again when it goes again', () =>
    withKinesis(async (kinesis, dir) => {
      const stream = await kinesis.create(aStream());
      await stream.put(entries('1', '2'));
      const told: unknown[] = [];
      const delivered = (delivery: unknown): unknown => told.push(delivery);
      const sources = eventSourcesFor(kinesis, dir, () => (told.length === 1 ? failed : undefined), { delivered });
      await sources.define(aMapping());
      sources.start();
      await sources.drained();
      await sources.stop();
      const { streamArn, functionName } = aMapping();
      const delivery = { functionName, streamArn, lastArrivalMs: stream.shards[0]?.log.lastArrivalMs };
      expect(told).toEqual([delivery, delivery]);
    }));

  it('goes on behind its checkpoint after a restart, also when the stream did not end properly', () =>
    inFolder(async (dir) => {
      const seen: string[][] = [];
      for (const [boot, texts] of [['1', '2'], ['3'], ['4', '5']].entries()) {
        const kinesis = await openKinesis({ dir: join(dir, 'kinesis'), fsync: 'none' });
        const stream = boot === 0 ? await kinesis.create(aStream()) : kinesis.stream('clicks');
        const sources = eventSourcesFor(kinesis, dir, (event) => void seen.push(textsOf(event)));
        await sources.define(aMapping());
        await stream.put(entries(...texts));
        sources.start();
        await sources.drained();
        await sources.stop();
        await kinesis.close();
      }
      expect(seen).toEqual([['1', '2'], ['3'], ['4', '5']]);
    }));

  it('saves a checkpoint only for what the function has done', () =>
    withKinesis(async (kinesis, dir) => {
      const stream = await kinesis.create(aStream());
      const [, second] = await stream.put(entries('1', '2', '3'));
      const asked = Promise.withResolvers<void>();
      let calls = 0;
      const sources = eventSourcesFor(kinesis, dir, (event) => {
        if (++calls === 1) return failedAt(event, 1);
        asked.resolve();
        return failed;
      });
      await sources.define(aMapping());
      sources.start();
      await asked.promise;
      await sources.stop();
      const saved = JSON.parse(withoutSum(await readFile(join(dir, 'event-sources', 'mapping.json'), 'utf8')) ?? '');
      expect(saved).toEqual({ 'shardId-000000000000': second?.SequenceNumber });
    }));

  it('starts at LATEST where the stream ended when the mapping was made, not when it first ran', () =>
    withKinesis(async (kinesis, dir) => {
      const stream = await kinesis.create(aStream());
      await stream.put(entries('before'));
      const unused = eventSourcesFor(kinesis, dir, () => failed);
      await unused.define(aMapping({ startAt: 'LATEST' }));
      await unused.stop();
      await stream.put(entries('after'));
      const seen: string[] = [];
      const sources = eventSourcesFor(kinesis, dir, (event) => void seen.push(...textsOf(event)));
      await sources.define(aMapping({ startAt: 'LATEST' }));
      sources.start();
      await sources.drained();
      await sources.stop();
      expect(seen).toEqual(['after']);
    }));

  it('says so when the log ends before its checkpoint, and goes on at the log’s end', () =>
    inFolder(async (dir) => {
      const lines: string[] = [];
      const seen: string[] = [];
      const run = async (name: string, text: string): Promise<void> => {
        const kinesis = await openKinesis({ dir: join(dir, name), fsync: 'none' });
        const stream = kinesis.has('clicks') ? kinesis.stream('clicks') : await kinesis.create(aStream());
        await stream.put(entries(text));
        const sources = eventSourcesFor(kinesis, dir, (event) => void seen.push(...textsOf(event)), {
          log: (line) => lines.push(line),
        });
        await sources.define(aMapping());
        sources.start();
        await sources.drained();
        await sources.stop();
        await kinesis.close();
      };
      await run('kinesis', 'one');
      const file = join(dir, 'event-sources', 'mapping.json');
      const ahead = withoutSum(await readFile(file, 'utf8'))?.replace(/1"\n}$/, '9"\n}') ?? '';
      await writeFile(file, withSum(ahead));
      await run('kinesis', 'two');
      expect(seen).toEqual(['one', 'two']);
      expect(lines).toEqual([
        'event source loader shardId-000000000000: its checkpoint is behind the end of the log (a power loss?); goes on at the end',
      ]);
    }));

  it('runs a function no more often at a time than it may, over shards and mappings', () =>
    withKinesis(async (kinesis, dir) => {
      const stream = await kinesis.create(aStream({ shards: 4 }));
      await stream.put(Array.from({ length: 200 }, (_, each) => anEntry(String(each), `key ${each}`)));
      let running = 0;
      let most = 0;
      const seen: string[] = [];
      const handle = async (event: KinesisEvent): Promise<Answer> => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running--;
        seen.push(...textsOf(event));
        return undefined;
      };
      const sources = eventSourcesFor(kinesis, dir, handle, { concurrency: 2 });
      await sources.define(aMapping({ batchSize: 10 }));
      await sources.define(aMapping({ batchSize: 10, uuid: 'another' }));
      sources.start();
      await sources.drained();
      await sources.stop();
      expect([most, seen.length, new Set(seen).size]).toEqual([2, 400, 200]);
    }));

  it('sends a batch again when the function is throttled, without counting that as a try', () =>
    withKinesis(async (kinesis, dir) => {
      const stream = await kinesis.create(aStream());
      await stream.put(entries('1'));
      const lines: string[] = [];
      let calls = 0;
      const handle = (): Answer => {
        if (++calls < 5) throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
        return undefined;
      };
      const sources = eventSourcesFor(kinesis, dir, handle, { log: (line) => lines.push(line) });
      await sources.define(aMapping({ retries: 0 }));
      sources.start();
      await sources.drained();
      await sources.stop();
      expect(calls).toBe(5);
      expect(new Set(lines)).toEqual(
        new Set([
          'event source loader shardId-000000000000: 1 records come again in 0 ms: the function could not be invoked: Rate Exceeded.',
        ]),
      );
    }));

  it('gives a batch up after its retries, naming what it gave up', () =>
    withKinesis(async (kinesis, dir) => {
      const stream = await kinesis.create(aStream());
      const put = await stream.put(entries('1', '2', '3'));
      const lines: string[] = [];
      const seen: string[][] = [];
      const handle = (event: KinesisEvent): Answer => {
        seen.push(textsOf(event));
        return textsOf(event).includes('2') ? failed : undefined;
      };
      const sources = eventSourcesFor(kinesis, dir, handle, { log: (line) => lines.push(line) });
      await sources.define(aMapping({ retries: 2, batchSize: 2 }));
      sources.start();
      await sources.drained();
      await sources.stop();
      expect(seen).toEqual([['1', '2'], ['1', '2'], ['1', '2'], ['3']]);
      expect(lines.at(-1)).toBe(
        `event source loader shardId-000000000000: gave up 2 records, ${put[0]?.SequenceNumber} to ${put[1]?.SequenceNumber}: 3 attempts failed, at last: the function failed`,
      );
    }));

  it('tells its lag and its settings as the Lambda API does', () =>
    withKinesis(async (kinesis, dir) => {
      const stream = await kinesis.create(aStream());
      await stream.put(entries('1', '2'));
      const sources = eventSourcesFor(kinesis, dir, () => undefined);
      await sources.define(aMapping());
      await sources.define(aMapping({ uuid: 'off', enabled: false }));
      const { streamArn: source } = aMapping();
      expect(sources.lag()).toEqual([
        { uuid: 'mapping', functionName: 'loader', source, records: 2 },
        { uuid: 'off', functionName: 'loader', source, records: 0 },
      ]);
      sources.start();
      await sources.drained();
      expect(sources.lag()[0]?.records).toBe(0);
      const [described, off] = sources.describe();
      expect(described).toMatchObject({
        UUID: 'mapping',
        EventSourceArn: source,
        FunctionArn: 'arn:aws:lambda:us-west-2:000000000000:function:loader',
        State: 'Enabled',
        LastProcessingResult: 'OK',
        BatchSize: 100,
        StartingPosition: 'TRIM_HORIZON',
      });
      expect(off?.State).toBe('Disabled');
      await sources.stop();
    }));

  it('stops within its grace while a function hangs; the batch comes again at the next start', () =>
    withKinesis(async (kinesis, dir) => {
      const stream = await kinesis.create(aStream());
      await stream.put(entries('1'));
      const called = Promise.withResolvers<void>();
      const hangs = eventSourcesFor(kinesis, dir, () => {
        called.resolve();
        return new Promise(() => undefined);
      });
      await hangs.define(aMapping());
      hangs.start();
      await called.promise;
      await hangs.stop(10);
      const seen: string[] = [];
      const sources = eventSourcesFor(kinesis, dir, (event) => void seen.push(...textsOf(event)));
      await sources.define(aMapping());
      sources.start();
      await sources.drained();
      await sources.stop();
      expect(seen).toEqual(['1']);
    }));
});
