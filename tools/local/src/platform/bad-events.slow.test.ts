import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { aViewingEvent } from '@acme/telemetry-schema/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { aPlace, type Place } from './platform.fixture.ts';

const producer = 'acme-data-producer';
const bucket = 'acme-telemetry-data-000000000000-us-west-2';
const timeout = 90_000;
const event = (event_id: string, only: object = {}) => ({ ...aViewingEvent({ event_id }), ...only });
const line = (event_id: string, only: object = {}): string => JSON.stringify(event(event_id, only));

interface Refused {
  readonly index: number;
  readonly problems: readonly { readonly field: string; readonly reason: string }[];
  readonly raw: Buffer;
}

describe('bad events on the running platform', () => {
  let place: Place;
  let s3: S3Client;
  let kinesis: KinesisClient;
  beforeAll(async () => {
    place = await aPlace();
    s3 = new S3Client({ ...place.client, forcePathStyle: true });
    kinesis = new KinesisClient({ ...place.client, maxAttempts: 1 });
    await place.start('--rate', '0', '--schedules', 'off');
  }, timeout);
  afterAll(async () => {
    s3.destroy();
    kinesis.destroy();
    await place.close();
  });

  /** What was put aside under a prefix, in order. */
  const quarantined = async (prefix: string): Promise<Refused[]> => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
    const texts = await Promise.all(
      Contents.map(async ({ Key }) => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
        return (await Body?.transformToString()) ?? '';
      }),
    );
    return texts.flatMap((text) =>
      text
        .trimEnd()
        .split('\n')
        .map((each) => JSON.parse(each) as { index: number; problems: Refused['problems']; raw: string })
        .map(({ index, problems, raw }) => ({ index, problems, raw: Buffer.from(raw, 'base64') })),
    );
  };

  it(
    'are named by the producer one by one, lie in quarantine as they came, and hold up no good one',
    async () => {
      const nextYear = `${new Date().getUTCFullYear() + 1}-06-01T00:00:00Z`;
      const huge = line('ask-huge', { note: 'x'.repeat(300_000) });
      const cases: readonly (readonly [string, string?, string?])[] = [
        [line('ask-1')],
        ['{"event_id": "ask-2", ', '(event)', 'must be valid JSON'],
        [line('ask-3', { watch_duration_seconds: '12' }), 'watch_duration_seconds', 'must be a number, not a string'],
        [line('ask-4', { event_type: 'rewind' }), 'event_type', 'must be one of start, pause, resume, stop, complete'],
        [line('ask-5', { watch_duration_seconds: -1 }), 'watch_duration_seconds', 'must be at least 0'],
        [
          line('ask-6', { event_timestamp: '1970-01-01T00:00:00Z' }),
          'event_timestamp',
          'must not be before 2000-01-01T00:00:00Z',
        ],
        [
          line('ask-7', { event_timestamp: nextYear }),
          'event_timestamp',
          'must not be more than 5 minutes after the event arrived',
        ],
        [huge, '(event)', 'must be at most 262144 bytes long'],
        ['[1, 2]', '(event)', 'must be an object, not an array'],
        [line('ask-9')],
      ];
      const rejected = cases.flatMap(([, field, reason], index) => (field ? [{ index, field, reason }] : []));

      expect(await place.invoke(producer, cases.map(([text]) => text).join('\n'))).toEqual({ accepted: 2, rejected });
      expect(await quarantined('quarantine/producer/')).toEqual(
        rejected.map(({ index, field, reason }) => ({
          index,
          problems: [{ field, reason }],
          raw: Buffer.from(cases[index]?.[0] ?? ''),
        })),
      );
    },
    timeout,
  );

  it('are refused in an array and alone as in text; an empty batch is accepted as such', async () => {
    const missing = { index: 0, field: 'customer_id', reason: 'is missing' };
    const bad = { ...event('alone'), customer_id: undefined };
    expect(await place.invoke(producer, [event('array-1'), bad])).toEqual({
      accepted: 1,
      rejected: [{ ...missing, index: 1 }],
    });
    expect(await place.invoke(producer, bad)).toEqual({ accepted: 0, rejected: [missing] });
    for (const empty of [[], '', '\n \n']) {
      expect(await place.invoke(producer, empty)).toEqual({ accepted: 0, rejected: [] });
    }
  });

  it('of a family that there is not are answered one by one and put aside: no error of ours', async () => {
    const events = [event('lost-1'), event('lost-2')];
    const rejected = [0, 1].map((index) => ({ index, field: 'family', reason: 'must be one of viewing, clickstream' }));
    expect(await place.invoke(producer, { family: 'tv', events })).toEqual({ accepted: 0, rejected });
    const raws = (await quarantined('quarantine/producer/')).map(({ raw }) => raw.toString());
    expect(raws).toEqual(expect.arrayContaining(events.map((each) => JSON.stringify(each))));
  });

  it(
    'that another producer puts on the stream are put aside byte for byte, and of all of them only the good ones land',
    async () => {
      const noText = Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0xc3]);
      const records = [
        Buffer.from(`${line('put-1')}\n`),
        Buffer.from('no JSON at all'),
        noText,
        Buffer.from(`${line('put-2')}\n${line('put-bad', { quality: '8K' })}\n\n${line('put-3')}\n`),
        Buffer.from(line('put-4')),
      ];
      const answer = await kinesis.send(
        new PutRecordsCommand({
          StreamName: 'acme-telemetry-stream',
          Records: records.map((Data) => ({ Data, PartitionKey: 'other' })),
        }),
      );
      expect(answer.FailedRecordCount).toBe(0);

      const landed = await delivered();
      expect(landed).toEqual(['array-1', 'ask-1', 'ask-9', 'put-1', 'put-2', 'put-3', 'put-4']);
      const notJson = [{ field: '(event)', reason: 'must be valid JSON' }];
      expect(await quarantined('quarantine/lake-loader/')).toEqual([
        { index: 0, problems: notJson, raw: records[1] },
        { index: 0, problems: [{ field: '(event)', reason: 'must be UTF-8 text' }], raw: noText },
        {
          index: 1,
          problems: [{ field: 'quality', reason: 'must be one of SD, HD, 4K' }],
          raw: Buffer.from(line('put-bad', { quality: '8K' })),
        },
      ]);
    },
    timeout,
  );

  /** The ids in the lake once Firehose has delivered the last of them. */
  const delivered = async (): Promise<unknown[]> => {
    for (;;) {
      const rows = await place.sql('SELECT event_id FROM streaming_events ORDER BY 1').catch(() => []);
      if (rows.some(({ event_id }) => event_id === 'put-4')) return rows.map(({ event_id }) => event_id);
      await wait(500);
    }
  };

  it('that are records of 10 MB get the error of the API itself', async () => {
    const Data = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    const put = new PutRecordsCommand({
      StreamName: 'acme-telemetry-stream',
      Records: [{ Data, PartitionKey: 'large' }],
    });
    await expect(kinesis.send(put)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("'records.1.member.data'"),
    });
  });
});
