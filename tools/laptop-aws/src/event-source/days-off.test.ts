import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { join } from 'node:path';
import { openKinesis, type Kinesis } from '../kinesis/kinesis.ts';
import { anEntry, aStream, inFolder } from '../kinesis/kinesis.fixture.ts';
import type { Failure } from './failure-record.ts';
import {
  aMapping,
  eventSourcesFor,
  failed,
  textsOf,
  type Answer,
  type KinesisEvent,
} from './kinesis-mapping.fixture.ts';

const hourMs = 60 * 60 * 1000;
const onFailure = 'arn:aws:s3:::lake';

let nowMs: number;
beforeEach(() => {
  nowMs = Date.parse('2026-11-21T10:00:00Z');
  jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
});
afterEach(() => void jest.restoreAllMocks());

const textsIn = ({ records }: Failure['batch']): string[] => records.map(({ data }) => data.toString().trim());

/** A stream of several segments, with two mappings on it, from one start to the next. */
const started = async (
  dir: string,
  handle: (event: KinesisEvent, name: string) => Promise<Answer> | Answer,
  largestAgeMs = 23 * hourMs, // as the stacks have it: an hour before the stream forgets
) => {
  const kinesis = await openKinesis({ dir: join(dir, 'kinesis'), fsync: 'none', segmentBytes: 100 });
  if (!kinesis.has('clicks')) await kinesis.create(aStream());
  const seen: Record<string, string[]> = { loader: [], auditor: [] };
  const failures: Failure[] = [];
  const lines: string[] = [];
  const sources = eventSourcesFor(
    kinesis,
    dir,
    async (event, name) => {
      const answer = await handle(event, name);
      if (!answer) seen[name]?.push(...textsOf(event));
      return answer;
    },
    { destinationOf: () => async (failure) => void failures.push(failure), log: (line) => lines.push(line) },
  );
  for (const functionName of ['loader', 'auditor'])
    await sources.define(aMapping({ uuid: functionName, functionName, largestAgeMs, onFailure, batchSize: 2 }));
  const stop = async (): Promise<void> => {
    await sources.stop();
    await kinesis.close();
  };
  return { kinesis, sources, seen, failures, lines, stop };
};

/** One write each, so that each is a segment. */
const put = async (kinesis: Kinesis, ...texts: string[]): Promise<void> => {
  for (const text of texts) await kinesis.stream('clicks').put([anEntry(`${text}${' '.repeat(100)}`)]);
};
const trimmed = (texts: readonly string[] = []): string[] => texts.map((text) => text.trim());
const kept = (kinesis: Kinesis): number => {
  const [shard] = kinesis.stream('clicks').shards;
  return shard ? shard.log.end - shard.log.start : 0;
};

describe('a platform that was off for three days', () => {
  it('gives each mapping all that it had not read, gives nothing up, and only then forgets it', () =>
    inFolder(async (dir) => {
      const failedOnce = Promise.withResolvers<void>();
      const before = await started(dir, (event, name) => {
        if (name === 'auditor' || textsOf(event).some((text) => text.startsWith('1'))) return undefined;
        failedOnce.resolve();
        return failed;
      });
      await before.kinesis.startTrimming();
      await put(before.kinesis, '1', '1', '2', '3', '4');
      before.sources.start();
      await failedOnce.promise;
      await before.stop();
      expect(trimmed(before.seen.loader)).toEqual(['1', '1']);

      nowMs += 72 * hourMs;
      const after = await started(dir, () => undefined);
      await after.kinesis.startTrimming();
      await put(after.kinesis, '5');
      after.sources.start();
      await after.sources.drained();
      expect(trimmed(after.seen.loader)).toEqual(['2', '3', '4', '5']);
      expect([after.failures, after.lines]).toEqual([[], []]);
      await after.kinesis.startTrimming();
      expect(kept(after.kinesis)).toBe(1);
      await after.stop();
    }));

  it('makes a record no older than the time that it ran: what fails for too long then is given up, by name', () =>
    inFolder(async (dir) => {
      const failedOnce = Promise.withResolvers<void>();
      const fails = (): Answer => {
        nowMs += 30_000; // an invocation's time
        failedOnce.resolve();
        return failed;
      };
      const before = await started(dir, fails, 120_000);
      await put(before.kinesis, '1', '2');
      before.sources.start();
      await failedOnce.promise;
      await before.stop();
      expect(before.failures).toEqual([]);

      nowMs += 72 * hourMs;
      let attempts = 0;
      const after = await started(dir, () => (attempts++, fails()), 120_000);
      await after.kinesis.startTrimming();
      after.sources.start();
      await after.sources.drained();
      expect(attempts).toBeGreaterThan(1);
      const givenUp = after.failures.map(({ condition, mapping, batch }) => [mapping.uuid, condition, textsIn(batch)]);
      expect(givenUp.sort()).toEqual([
        ['auditor', 'RecordAgeExceeded', ['1', '2']],
        ['loader', 'RecordAgeExceeded', ['1', '2']],
      ]);
      expect(after.lines.filter((line) => line.includes('gave up')).sort()).toEqual([
        expect.stringMatching(/^event source auditor shardId-000000000000: gave up 2 records, 49\d+ to 49\d+: older/),
        expect.stringMatching(/^event source loader shardId-000000000000: gave up 2 records, 49\d+ to 49\d+: older/),
      ]);
      await after.stop();
    }));

  it('sleeps with its laptop, too: a closed lid makes nothing older', () =>
    inFolder(async (dir) => {
      const asleep = Promise.withResolvers<void>();
      const woken = Promise.withResolvers<void>();
      const platform = await started(dir, async () => {
        asleep.resolve();
        await woken.promise;
        return undefined;
      });
      await platform.kinesis.startTrimming();
      await put(platform.kinesis, '1', '2', '3', '4');
      platform.sources.start();
      await asleep.promise;
      nowMs += 72 * hourMs;
      await platform.kinesis.startTrimming();
      woken.resolve();
      await platform.sources.drained();
      expect([trimmed(platform.seen.loader), trimmed(platform.seen.auditor)]).toEqual([
        ['1', '2', '3', '4'],
        ['1', '2', '3', '4'],
      ]);
      expect([platform.failures, platform.lines]).toEqual([[], []]);
      await platform.stop();
    }));
});
