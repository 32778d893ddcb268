import type { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from '@jest/globals';
import { kinesisSink } from './kinesis-sink.ts';

const records = ['a', 'b', 'c'].map((key) => ({ key, data: Buffer.from(`${key}\n`), ids: [key] }));
const answering = (answer: () => unknown) => {
  const sent: PutRecordsCommand['input'][] = [];
  const send = async ({ input }: PutRecordsCommand) => {
    sent.push(input);
    return answer();
  };
  return { sent, sink: kinesisSink('acme-telemetry-stream', { send } as unknown as KinesisClient) };
};
const failing = (name: string, httpStatusCode: number) =>
  answering(() => {
    throw Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
  });

describe('kinesisSink', () => {
  it('says of each record where the stream took it, and of those that it refused, nothing', async () => {
    const { sent, sink } = answering(() => ({
      FailedRecordCount: 1,
      Records: [
        { ShardId: 'shardId-000000000000', SequenceNumber: '4966' },
        { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'slow down' },
        { ShardId: 'shardId-000000000001', SequenceNumber: '4967' },
      ],
    }));
    expect(await sink(records)).toEqual([
      { shard: 'shardId-000000000000', sequence: '4966' },
      undefined,
      { shard: 'shardId-000000000001', sequence: '4967' },
    ]);
    expect(sent).toEqual([
      {
        StreamName: 'acme-telemetry-stream',
        Records: records.map(({ key, data }) => ({ PartitionKey: key, Data: data })),
      },
    ]);
  });

  it('takes a call that failed for a reason that passes as refused whole, to be tried again', async () => {
    const { sink } = failing('InternalFailure', 500);
    expect(await sink(records)).toEqual([undefined, undefined, undefined]);
  });

  it('throws what no try will change', async () => {
    const { sink } = failing('AccessDeniedException', 400);
    await expect(sink(records)).rejects.toThrow('AccessDeniedException');
  });
});
