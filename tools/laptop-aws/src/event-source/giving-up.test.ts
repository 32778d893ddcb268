import { describe, expect, it } from '@jest/globals';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { anEntry, aStream, withKinesis } from '../kinesis/kinesis.fixture.ts';
import type { FailureDestination } from './failure-destination.ts';
import { failureKey, failureObject, failureRecord, type Failure } from './failure-record.ts';
import type { MappingSettings } from './mapping-settings.ts';
import {
  aMapping,
  eventSourcesFor,
  failed,
  failedAt,
  textsOf,
  type Answer,
  type KinesisEvent,
} from './kinesis-mapping.fixture.ts';

const onFailure = 'arn:aws:sqs:us-west-2:000000000000:failures';
const textsIn = ({ batch }: Failure): string[] => batch.records.map(({ data }) => data.toString());

/** Puts records, runs a mapping until all are done or given up, and tells what the function and the destination saw. */
const run = async (
  kinesis: Kinesis,
  dir: string,
  texts: readonly string[],
  settings: Partial<MappingSettings>,
  handle: (event: KinesisEvent) => Answer,
  destination?: FailureDestination,
) => {
  const stream = await kinesis.create(aStream());
  const put = await stream.put(texts.map((text) => anEntry(text)));
  const seen: string[][] = [];
  const failures: Failure[] = [];
  const lines: string[] = [];
  const sources = eventSourcesFor(
    kinesis,
    dir,
    (event) => {
      seen.push(textsOf(event));
      return handle(event);
    },
    {
      destinationOf: () => async (failure) => {
        await destination?.(failure);
        failures.push(failure);
      },
      log: (line) => lines.push(line),
    },
  );
  await sources.define(aMapping({ onFailure, ...settings }));
  sources.start();
  await sources.drained();
  await sources.stop();
  return { put, seen, failures, lines };
};

/** A function that throws when a record of the batch is bad. */
const throwsAtBad = (event: KinesisEvent): Answer =>
  textsOf(event).some((text) => text.startsWith('bad')) ? failed : undefined;

/** A function that reports the first bad record of the batch. */
const reportsBad = (event: KinesisEvent): Answer => {
  const at = textsOf(event).findIndex((text) => text.startsWith('bad'));
  return at === -1 ? undefined : failedAt(event, at);
};

// https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
describe('BisectBatchOnFunctionError', () => {
  it('isolates the bad record by halves, in order, without consuming the retry quota', () =>
    withKinesis(async (kinesis, dir) => {
      const texts = ['1', '2', '3', '4', '5', 'bad', '7', '8'];
      const { seen, failures } = await run(kinesis, dir, texts, { bisects: true, retries: 1 }, throwsAtBad);
      expect(seen).toEqual([
        texts,
        ['1', '2', '3', '4'],
        ['5', 'bad', '7', '8'],
        ['5', 'bad'],
        ['5'],
        ['bad'],
        ['bad'],
        ['7', '8'],
      ]);
      expect(failures.map(textsIn)).toEqual([['bad']]);
    }));

  it('splits at the record that the function reported, and retries only what remains', () =>
    withKinesis(async (kinesis, dir) => {
      const texts = ['1', 'bad', '3', '4'];
      const { seen, failures } = await run(kinesis, dir, texts, { bisects: true, retries: 0 }, reportsBad);
      expect(seen).toEqual([texts, ['bad', '3', '4'], ['bad', '3'], ['bad'], ['3'], ['4']]);
      expect(failures.map(textsIn)).toEqual([['bad']]);
    }));

  it('is off by default: the batch is given up as a whole', () =>
    withKinesis(async (kinesis, dir) => {
      const { failures } = await run(kinesis, dir, ['1', 'bad', '3'], { retries: 0 }, throwsAtBad);
      expect(failures.map(textsIn)).toEqual([['1', 'bad', '3']]);
    }));
});

// https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
describe('an on-failure destination', () => {
  it('has what was given up before the mapping goes on; one that cannot be written is tried again', () =>
    withKinesis(async (kinesis, dir) => {
      let down = 2;
      const destination = async (): Promise<void> => {
        if (down-- > 0) throw new Error('SlowDown');
      };
      const settings = { retries: 0, batchSize: 1 };
      const { seen, failures, lines } = await run(kinesis, dir, ['bad', '2'], settings, throwsAtBad, destination);
      expect([seen, failures.map(textsIn)]).toEqual([[['bad'], ['2']], [['bad']]]);
      expect(lines[0]).toMatch(/the on-failure destination arn:aws:sqs:.*:failures did not take 1 records: SlowDown$/);
      expect(lines.at(-1)).toMatch(/gave up 1 records, .*; they are in arn:aws:sqs:us-west-2:000000000000:failures$/);
    }));

  it('does not lose what it could not be given before a stop', () =>
    withKinesis(async (kinesis, dir) => {
      const stream = await kinesis.create(aStream());
      await stream.put([anEntry('bad')]);
      const asked = Promise.withResolvers<void>();
      const refuses = eventSourcesFor(kinesis, dir, throwsAtBad, {
        destinationOf: () => async () => {
          asked.resolve();
          throw new Error('SlowDown');
        },
      });
      await refuses.define(aMapping({ onFailure, retries: 0 }));
      refuses.start();
      await asked.promise;
      await refuses.stop();
      const failures: Failure[] = [];
      const takes = eventSourcesFor(kinesis, dir, throwsAtBad, {
        destinationOf: () => async (failure) => void failures.push(failure),
      });
      await takes.define(aMapping({ onFailure, retries: 0 }));
      takes.start();
      await takes.drained();
      await takes.stop();
      expect(failures.map(textsIn)).toEqual([['bad']]);
    }));

  it('is told what Lambda tells', () =>
    withKinesis(async (kinesis, dir) => {
      const settings = { retries: 3 };
      const { put, failures } = await run(kinesis, dir, ['bad 1', 'bad 2'], settings, throwsAtBad);
      const [failure] = failures as [Failure];
      const arrival = new Date(failure.batch.records[0]?.arrivalMs as number).toISOString();
      expect(failureRecord(failure)).toEqual({
        requestContext: {
          requestId: 'request',
          functionArn: 'arn:aws:lambda:us-west-2:000000000000:function:loader',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 4,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: failure.at.toISOString(),
        KinesisBatchInfo: {
          shardId: 'shardId-000000000000',
          startSequenceNumber: put[0]?.SequenceNumber,
          endSequenceNumber: put[1]?.SequenceNumber,
          approximateArrivalOfFirstRecord: arrival,
          approximateArrivalOfLastRecord: arrival,
          batchSize: 2,
          streamArn: 'arn:aws:kinesis:us-west-2:000000000000:stream/clicks',
        },
      });
      const event = JSON.parse(failureObject(failure).payload) as KinesisEvent;
      expect(textsOf(event)).toEqual(['bad 1', 'bad 2']);
      expect(failureKey({ ...failure, at: new Date('2019-11-14T00:38:06.021Z') })).toMatch(
        /^aws\/lambda\/mapping\/shardId-000000000000\/2019\/11\/14\/2019-11-14T00\.38\.06-[0-9a-f-]{36}$/,
      );
    }));

  it('is told no functionError when the function itself reported the record', () =>
    withKinesis(async (kinesis, dir) => {
      const { failures } = await run(kinesis, dir, ['bad'], { retries: 0 }, reportsBad);
      expect(failureRecord(failures[0] as Failure).responseContext).toMatchObject({ functionError: null });
    }));

  it('has the records that got too old, with no response, and those behind them go on', () =>
    withKinesis(async (kinesis, dir) => {
      const longAgo = { largestAgeMs: -1 }; // so that what has just arrived is too old
      const { seen, failures } = await run(kinesis, dir, ['1', '2'], longAgo, () => undefined);
      expect(seen).toEqual([]);
      expect(failures.map(textsIn)).toEqual([['1', '2']]);
      const record = failureRecord(failures[0] as Failure);
      expect(record.requestContext).toMatchObject({ condition: 'RecordAgeExceeded', approximateInvokeCount: 1 });
      expect(record).not.toHaveProperty('responseContext');
    }));
});
