export { anAggregatedRecord } from './aggregated-record.fixture.ts';
import type { KinesisStreamEvent, MSKEvent } from 'aws-lambda';

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

const topic = 'acme-telemetry-stream';

/** A Kafka event as Lambda hands it over: one record per given text or bytes, in order, of one partition. */
export const aKafkaBatch = (
  data: readonly (string | Buffer)[],
  { arrivedAtMs = Date.UTC(2026, 0, 1, 12), partition = 0 } = {},
): MSKEvent => ({
  eventSource: 'aws:kafka',
  eventSourceArn: 'arn:aws:kafka:us-west-2:000000000000:cluster/acme/0b0c',
  bootstrapServers: 'b-1.acme:9098,b-2.acme:9098',
  records: {
    [`${topic}-${partition}`]: data.map((one, index) => ({
      topic,
      partition,
      offset: 9_000 + index,
      timestamp: arrivedAtMs,
      timestampType: 'LOG_APPEND_TIME',
      key: Buffer.from(`bucket-${index}`).toString('base64'),
      value: Buffer.from(one).toString('base64'),
      headers: [],
    })),
  },
});

/** Both transports, for tests of what must not know which one it is on: `describe.each(transports)('… on %s', …)`. */
export const transports = [
  ['Kinesis', aKinesisBatch],
  ['Kafka', aKafkaBatch],
] as const;
