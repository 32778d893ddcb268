import type { FirehoseClient } from '@aws-sdk/client-firehose';
import { describe, expect, it } from '@jest/globals';
import { firehoseSink } from './firehose-sink.ts';

const records = ['a\n', 'b\n', 'c\n'].map((line) => Buffer.from(line));
const sinkThat = (answer: () => unknown) =>
  firehoseSink('acme-data-kinesis-to-s3', { send: async () => answer() } as unknown as FirehoseClient);
const failing = (name: string, httpStatusCode: number) =>
  sinkThat(() => {
    throw Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
  });

describe('firehoseSink', () => {
  it('says of each record of a call that was taken in part whether it was', async () => {
    const sink = sinkThat(() => ({
      FailedPutCount: 1,
      RequestResponses: [
        { RecordId: '1' },
        { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'slow down' },
        { RecordId: '2' },
      ],
    }));
    expect(await sink(records)).toEqual([true, false, true]);
  });

  it('takes a call that failed for a reason that passes as refused whole, to be tried again', async () => {
    expect(await failing('ServiceUnavailableException', 503)(records)).toEqual([false, false, false]);
  });

  it('throws what no try will change', async () => {
    await expect(failing('ResourceNotFoundException', 400)(records)).rejects.toThrow('ResourceNotFoundException');
  });
});
