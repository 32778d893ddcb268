import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from '@jest/globals';
import { kinesisService } from '../kinesis/api/service.ts';
import { aStream, withKinesis } from '../kinesis/kinesis.fixture.ts';
import { thrownBy, withFront } from './front.fixture.ts';
import { openFaults } from './faults.ts';

describe('expired-iterator', () => {
  it('answers GetRecords of a program with ExpiredIteratorException, and not a person at the AWS CLI', () =>
    withKinesis(async (kinesis) => {
      await kinesis.create(aStream());
      const faults = openFaults({ kinds: ['expired-iterator'], seed: 1, rates: { 'expired-iterator': 1 } });
      await withFront(faults.services({ kinesis: kinesisService(kinesis) }), async (settings) => {
        const client = new KinesisClient(settings);
        const { ShardIterator } = await client.send(
          new GetShardIteratorCommand({
            StreamName: 'clicks',
            ShardId: 'shardId-000000000000',
            ShardIteratorType: 'LATEST',
          }),
        );
        expect(await thrownBy(client.send(new GetRecordsCommand({ ShardIterator })))).toMatchObject({
          name: 'ExpiredIteratorException',
          message: expect.stringMatching(/^Iterator expired\./),
          status: 400,
        });
        client.middlewareStack.add(
          (next) => (args) => {
            (args.request as { headers: Record<string, string> }).headers['user-agent'] = 'aws-cli/2.31.0';
            return next(args);
          },
          { step: 'finalizeRequest' },
        );
        expect((await client.send(new GetRecordsCommand({ ShardIterator }))).Records).toEqual([]);
        expect(faults.counts()).toEqual({ 'expired-iterator': 1 });
        client.destroy();
      });
    }));
});
