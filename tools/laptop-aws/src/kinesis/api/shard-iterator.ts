import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { AwsError } from '../../aws/aws-error.ts';

/** What a shard iterator says: the first record at or behind a sequence number. */
export interface ShardIterator {
  readonly stream: string;
  readonly shard: string;
  readonly sequenceNumber: string;
}

const Content = z.tuple([z.string(), z.string(), z.string(), z.int()]);

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html */
const lifetimeMs = 5 * 60 * 1000;

export const iteratorToken = ({ stream, shard, sequenceNumber }: ShardIterator, nowMs: number): string => {
  const content = JSON.stringify([stream, shard, sequenceNumber, nowMs] satisfies z.infer<typeof Content>);
  return Buffer.from(`${crc32(content)} ${content}`).toString('base64');
};

/** @throws AwsError ExpiredIteratorException five minutes after it was given out, InvalidArgumentException for anything else */
export const readIterator = (token: string, nowMs: number): ShardIterator => {
  const [, sum, content = ''] = /^(\d+) (.*)$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (sum !== String(crc32(content))) throw new AwsError('InvalidArgumentException', 'Invalid ShardIterator.');
  const [stream, shard, sequenceNumber, givenMs] = Content.parse(JSON.parse(content));
  if (nowMs - givenMs > lifetimeMs) {
    throw new AwsError(
      'ExpiredIteratorException',
      `Iterator expired. The iterator was created at time ${new Date(givenMs).toUTCString()} while right now it is ` +
        `${new Date(nowMs).toUTCString()} which is further in the future than the tolerated delay of ${lifetimeMs} milliseconds.`,
    );
  }
  return { stream, shard, sequenceNumber };
};
