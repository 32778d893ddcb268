import { KinesisClient, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from '@jest/globals';
import { kinesisService } from '../kinesis/api/service.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { aStream, withKinesis } from '../kinesis/kinesis.fixture.ts';
import { thrownBy, withFront } from './front.fixture.ts';
import type { FaultOptions } from './fault-source.ts';
import { type Faults, openFaults } from './faults.ts';

const StreamName = 'clicks';

const withPuts = (
  options: FaultOptions,
  run: (client: KinesisClient, faults: Faults, kinesis: Kinesis) => Promise<void>,
): Promise<void> =>
  withKinesis(async (kinesis) => {
    await kinesis.create(aStream({ shards: 2 }));
    const faults = openFaults(options);
    const service = kinesisService(kinesis, Date.now, (operations) => faults.puts(kinesis, operations));
    await withFront({ kinesis: service }, async (settings) => {
      const client = new KinesisClient(settings);
      try {
        await run(client, faults, kinesis);
      } finally {
        client.destroy();
      }
    });
  });

const records = Array.from({ length: 20 }, (_, index) => ({
  PartitionKey: String(index),
  Data: Buffer.from(`event ${index}`),
}));
const put = (client: KinesisClient) => client.send(new PutRecordsCommand({ StreamName, Records: records }));

/** Every record of the stream, as text. */
const onStream = async (kinesis: Kinesis): Promise<string[]> => {
  const shards = kinesis.stream(StreamName).shards.map(({ log }) => log.read(0, { records: 1000, bytes: 1e6 }));
  return (await Promise.all(shards)).flat().map(({ data64 }) => Buffer.from(data64, 'base64').toString());
};

describe('partial-put', () => {
  it('refuses some records of a call as Kinesis does; the others, and only they, are on the stream', () =>
    withPuts({ kinds: ['partial-put'], seed: 1, rates: { 'partial-put': 1 } }, async (client, faults, kinesis) => {
      const { FailedRecordCount, Records = [] } = await put(client);
      const refused = Records.filter(({ ErrorCode }) => ErrorCode !== undefined);
      expect(FailedRecordCount).toBe(refused.length);
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.length).toBeLessThan(20);
      const shardOf = (key: string) => kinesis.stream(StreamName).shardOf({ PartitionKey: key }).id;
      for (const [index, result] of Records.entries()) {
        const rate = `Rate exceeded for shard ${shardOf(String(index))} in stream clicks under account 000000000000.`;
        expect([
          { ErrorCode: 'InternalFailure', ErrorMessage: 'Internal service failure.' },
          { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: rate },
          { SequenceNumber: expect.any(String), ShardId: shardOf(String(index)) },
        ]).toContainEqual(result);
      }
      const taken = records.filter((_, index) => Records[index]?.SequenceNumber).map(({ Data }) => Data.toString());
      expect((await onStream(kinesis)).sort()).toEqual(taken.sort());
      expect(faults.counts()).toEqual({ 'partial-put': 1 });
    }));

  it('refuses the same records for the same seed', async () => {
    const refused: unknown[] = [];
    for (const seed of [3, 3, 4]) {
      await withPuts({ kinds: ['partial-put'], seed, rates: { 'partial-put': 0.5 } }, async (client) => {
        const calls = [await put(client), await put(client), await put(client)];
        refused.push(calls.map(({ Records = [] }) => Records.map(({ ErrorCode }) => ErrorCode)));
      });
    }
    expect(refused[1]).toEqual(refused[0]);
    expect(refused[2]).not.toEqual(refused[0]);
  });

  it('leaves errors of the caller to Kinesis', () =>
    withPuts({ kinds: ['partial-put'], seed: 1, rates: { 'partial-put': 1 } }, async (client, faults) => {
      const unknown = new PutRecordsCommand({ StreamName: 'nobody', Records: records });
      expect(await thrownBy(client.send(unknown))).toMatchObject({ name: 'ResourceNotFoundException', status: 400 });
      expect(faults.counts()).toEqual({ 'partial-put': 0 });
    }));
});

describe('throttle', () => {
  it('refuses all records of a shard for a few calls, and sometimes the call as a whole; then it lets them through', () =>
    withPuts({ kinds: ['throttle'], seed: 2, rates: { throttle: 0.2 } }, async (client, faults) => {
      const seen = new Set<string>();
      for (let call = 0; call < 60; call++) {
        const answer = await put(client).catch((error: Error & { $metadata: { httpStatusCode: number } }) => {
          expect([error.name, error.$metadata.httpStatusCode]).toEqual(['ProvisionedThroughputExceededException', 400]);
          expect(error.message).toMatch(
            /^Rate exceeded for shard shardId-\d{12} in stream clicks under account 0{12}\.$/,
          );
        });
        const codes = (answer?.Records ?? []).map(({ ErrorCode, ErrorMessage }) => [
          ErrorCode,
          ErrorMessage?.slice(25, 44),
        ]);
        const refused = new Set(codes.filter(([code]) => code !== undefined).map(String));
        seen.add(
          answer ? `${refused.size} shards refuse, ${answer.FailedRecordCount === 0 ? 'none' : 'some'}` : 'call',
        );
      }
      expect(seen).toContain('call');
      expect(seen).toContain('0 shards refuse, none');
      expect(seen).toContain('1 shards refuse, some');
      expect(faults.counts().throttle).toBeGreaterThan(0);
    }));

  it('fails a PutRecord', () =>
    withPuts({ kinds: ['throttle'], seed: 2, rates: { throttle: 1 } }, async (client) => {
      const one = new PutRecordCommand({ StreamName, PartitionKey: 'a', Data: Buffer.from('x') });
      expect(await thrownBy(client.send(one))).toMatchObject({
        name: 'ProvisionedThroughputExceededException',
        status: 400,
      });
    }));
});
