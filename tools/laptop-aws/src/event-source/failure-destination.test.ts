import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anEntry, aStream, withKinesis } from '../kinesis/kinesis.fixture.ts';
import { withMessages } from '../messages/messages.fixture.ts';
import { openS3 } from '../s3/s3.ts';
import { failureDestinations } from './failure-destination.ts';
import { aMapping, eventSourcesFor, failed, textsOf, type KinesisEvent } from './kinesis-mapping.fixture.ts';

const arns = {
  bucket: 'arn:aws:s3:::failures',
  queue: 'arn:aws:sqs:us-west-2:000000000000:failures',
  topic: 'arn:aws:sns:us-west-2:000000000000:failures',
};

// https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
describe('what is given up', () => {
  it('is in the bucket with its payload, and in the queue or the topic without', () =>
    withKinesis((kinesis, dir) =>
      withMessages(dir, async ({ messages, sqs }) => {
        const stream = await kinesis.create(aStream());
        const [put] = await stream.put([anEntry('bad')]);
        const s3 = await openS3({ dir });
        s3.createBucket('failures');
        const QueueUrl = messages.createQueue('failures');
        messages.subscribe(messages.createTopic('failures'), arns.queue, { RawMessageDelivery: 'true' });

        const sources = eventSourcesFor(kinesis, dir, () => failed, {
          destinationOf: failureDestinations(s3, messages),
        });
        for (const [uuid, onFailure] of Object.entries(arns)) {
          await sources.define(aMapping({ uuid, onFailure, retries: 0 }));
        }
        sources.start();
        await sources.drained();
        await sources.stop();

        const objects = await readdir(join(dir, 's3/buckets/failures/objects'), { recursive: true });
        const [object] = objects.filter((name) => name.endsWith('.data')) as [string];
        expect(object).toMatch(
          /^aws\/lambda\/bucket\/shardId-000000000000\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}\.data$/,
        );
        const record = JSON.parse(await readFile(join(dir, 's3/buckets/failures/objects', object), 'utf8'));
        expect(textsOf(JSON.parse(record.payload) as KinesisEvent)).toEqual(['bad']);
        expect(record.KinesisBatchInfo).toMatchObject({ startSequenceNumber: put?.SequenceNumber, batchSize: 1 });
        const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        expect(received.Messages).toHaveLength(2);
        for (const { Body } of received.Messages ?? []) {
          const { requestContext, timestamp, ...rest } = JSON.parse(Body as string);
          const { payload: _, requestContext: __, timestamp: ___, ...same } = record;
          expect([rest, typeof timestamp, requestContext]).toEqual([same, 'string', record.requestContext]);
        }
      }),
    ));
});
