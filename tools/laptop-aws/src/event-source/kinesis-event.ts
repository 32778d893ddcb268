import { account, region } from '../aws/identity.ts';
import type { LogRecord } from '../kinesis/log/log-record.ts';

/** A synchronous invocation's payload limit: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const largestPayloadBytes = 6 * 1024 * 1024;

const head = '{"Records":[';
const tail = ']}';

/** The event of a batch, as Lambda's poller sends it; without the records' data when their texts have none. */
export const eventText = (records: readonly string[]): string => head + records.join(',') + tail;

/** Bytes of an event whose records have so many, commas not counted. */
export const eventBytes = (recordBytes: number, records: number): number =>
  head.length + recordBytes + Math.max(0, records - 1) + tail.length;

/**
 * Writes records as JSON in the shape of https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html, but for their
 * data, which is empty; by hand, because it is done for every record of the platform.
 */
export const recordWriter = (
  streamArn: string,
  shardId: string,
  functionName: string,
): ((record: LogRecord) => string) => {
  const role = `arn:aws:iam::${account}:role/${functionName.split(':').pop()}`;
  const behind =
    `","eventName":"aws:kinesis:record","invokeIdentityArn":"${role}","awsRegion":"${region}",` +
    `"eventSourceARN":"${streamArn}"}`;
  return (record) => {
    const { sequenceNumber } = record;
    return (
      `{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":${JSON.stringify(record.partitionKey)},` +
      `"sequenceNumber":"${sequenceNumber}","data":"",` +
      `"approximateArrivalTimestamp":${record.arrivalMs / 1000}},"eventSource":"aws:kinesis","eventVersion":"1.0",` +
      `"eventID":"${shardId}:${sequenceNumber}${behind}`
    );
  };
};

/** Bytes of a record in the event: its text, and its data in base64. */
export const recordBytes = (text: string, { dataBytes }: Pick<LogRecord, 'dataBytes'>): number =>
  Buffer.byteLength(text) + Math.ceil(dataBytes / 3) * 4;
