import type { KinesisStreamEvent } from 'aws-lambda';

const streamArn = 'arn:aws:kinesis:us-west-2:000000000000:stream/acme-telemetry-stream';

/** A Kinesis batch as Lambda hands it over: one record per given text or bytes, in order, of one shard. */
export const aKinesisBatch = (
  data: readonly (string | Buffer)[],
  { arrivedAtMs = Date.UTC(2026, 0, 1, 12) } = {},
): KinesisStreamEvent => ({
  Records: data.map((one, index) => {
    const sequenceNumber = `4966${String(index).padStart(52, '0')}`;
    return {
      awsRegion: 'us-west-2',
      eventID: `shardId-000000000000:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      eventSource: 'aws:kinesis',
      eventSourceARN: streamArn,
      eventVersion: '1.0',
      invokeIdentityArn: 'arn:aws:iam::000000000000:role/reader',
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: `bucket-${index}`,
        sequenceNumber,
        data: Buffer.from(one).toString('base64'),
        approximateArrivalTimestamp: arrivedAtMs / 1000,
      },
    };
  }),
});
