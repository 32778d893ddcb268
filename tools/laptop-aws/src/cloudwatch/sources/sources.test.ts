import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { AwsError } from '../../aws/aws-error.ts';
import { iteratorToken } from '../../kinesis/api/shard-iterator.ts';
import { openMetrics } from '../store/metrics.ts';
import { deliveryMetrics } from './deliveries.ts';
import { countedFirehoseCalls } from './firehose-calls.ts';
import { invocationMetrics } from './invocations.ts';
import { countedKinesisCalls } from './kinesis-calls.ts';
import { measureLevels } from './levels.ts';
import { logLines } from './log-lines.ts';
import { s3Requests } from './s3-requests.ts';

const noon = Date.UTC(2026, 10, 21, 12);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const atNoon = () =>
  openMetrics(
    () => noon,
    () => undefined,
  );

/** Every metric there is: name and dimensions to count, sum and unit. */
const all = (metrics: ReturnType<typeof atNoon>) =>
  Object.fromEntries(
    metrics.list().map((series) => {
      const { namespace, name, dimensions } = series.metric;
      const summary = series.over(noon - 60_000, noon + 60_000);
      const by = dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(',');
      return [`${namespace} ${name} ${by}`, [summary?.count, summary?.sum, series.unit]];
    }),
  );

describe('invocations', () => {
  it('count, with their errors, throttles and duration', () => {
    const metrics = atNoon();
    const measures = invocationMetrics(metrics);
    const report = { requestId: '1', memoryMb: 512, usedMb: 60 };
    measures.invoked('load', { ...report, durationMs: 20, status: 'success' });
    measures.invoked('load', { ...report, durationMs: 40, status: 'timeout' });
    measures.throttled('load');
    expect(all(metrics)).toEqual({
      'AWS/Lambda Duration FunctionName=load': [2, 60, 'Milliseconds'],
      'AWS/Lambda Errors FunctionName=load': [2, 1, 'Count'],
      'AWS/Lambda Invocations FunctionName=load': [2, 2, 'Count'],
      'AWS/Lambda Throttles FunctionName=load': [3, 1, 'Count'],
    });
  });

  it('of a stream show the age of their last record', () => {
    const metrics = atNoon();
    deliveryMetrics(
      metrics,
      () => noon,
    )({
      functionName: 'arn:aws:lambda:us-west-2:000000000000:function:load',
      streamArn: 'arn:aws:kinesis:us-west-2:000000000000:stream/clicks',
      lastArrivalMs: noon - 1500,
    });
    expect(all(metrics)).toEqual({
      'AWS/Kinesis GetRecords.IteratorAgeMilliseconds StreamName=clicks': [1, 1500, 'Milliseconds'],
      'AWS/Lambda IteratorAge FunctionName=load': [1, 1500, 'Milliseconds'],
    });
  });
});

describe('Kinesis calls', () => {
  const exceeded = 'ProvisionedThroughputExceededException';
  const Records = ['a', 'bc', 'def'].map((text) => ({ Data: base64(text), PartitionKey: 'k' }));

  it('count what the stream took, in records and bytes, and what it refused', async () => {
    const metrics = atNoon();
    const results = [{ SequenceNumber: '1' }, { ErrorCode: exceeded }, { ErrorCode: 'InternalFailure' }];
    const { PutRecords, PutRecord } = countedKinesisCalls(
      { PutRecords: () => ({ FailedRecordCount: 2, Records: results }), PutRecord: () => ({ SequenceNumber: '2' }) },
      metrics,
      () => noon,
    );
    await PutRecords?.({ StreamName: 'clicks', Records } as never);
    await PutRecord?.({
      StreamARN: 'arn:aws:kinesis:us-west-2:000000000000:stream/clicks',
      Data: base64('ghij'),
    } as never);
    expect(all(metrics)).toEqual({
      'AWS/Kinesis IncomingBytes StreamName=clicks': [2, 1 + 4, 'Bytes'],
      'AWS/Kinesis IncomingRecords StreamName=clicks': [2, 2, 'Count'],
      'AWS/Kinesis WriteProvisionedThroughputExceeded StreamName=clicks': [2, 1, 'Count'],
    });
  });

  it('count a call that is refused whole, and pass its error on; other errors count nothing', async () => {
    const metrics = atNoon();
    const refusing = (code: string) =>
      countedKinesisCalls({ PutRecords: () => Promise.reject(new AwsError(code, 'no')) }, metrics, () => noon);
    const call = (code: string) => refusing(code)['PutRecords']?.({ StreamName: 'clicks', Records } as never);
    await expect(call('ValidationException')).rejects.toMatchObject({ code: 'ValidationException' });
    expect(all(metrics)).toEqual({});
    await expect(call(exceeded)).rejects.toMatchObject({ code: exceeded });
    expect(all(metrics)).toEqual({
      'AWS/Kinesis WriteProvisionedThroughputExceeded StreamName=clicks': [1, 1, 'Count'],
    });
  });

  it('show the age of the last record that was read', async () => {
    const metrics = atNoon();
    const read = [{ ApproximateArrivalTimestamp: noon / 1000 - 9 }, { ApproximateArrivalTimestamp: noon / 1000 - 2 }];
    const { GetRecords } = countedKinesisCalls({ GetRecords: () => ({ Records: read }) }, metrics, () => noon);
    const iterator = { stream: 'clicks', shard: 'shardId-000000000000', sequenceNumber: '1' };
    await GetRecords?.({ ShardIterator: iteratorToken(iterator, noon) } as never);
    expect(all(metrics)).toEqual({
      'AWS/Kinesis GetRecords.IteratorAgeMilliseconds StreamName=clicks': [1, 2000, 'Milliseconds'],
    });
  });
});

describe('Firehose calls and levels', () => {
  it('count the records that Firehose accepted', async () => {
    const metrics = atNoon();
    const { PutRecordBatch } = countedFirehoseCalls(
      { PutRecordBatch: () => ({ RequestResponses: [{}, { ErrorCode: 'ServiceUnavailableException' }] }) },
      metrics,
    );
    const Records = [{ Data: base64('abc') }, { Data: base64('d') }];
    await PutRecordBatch?.({ DeliveryStreamName: 'lake', Records } as never);
    expect(all(metrics)).toEqual({
      'AWS/Firehose IncomingBytes DeliveryStreamName=lake': [1, 3, 'Bytes'],
      'AWS/Firehose IncomingRecords DeliveryStreamName=lake': [1, 1, 'Count'],
    });
  });

  it('show how old the oldest undelivered record is, and how far readers of topics are behind', () => {
    const metrics = atNoon();
    const lag = (functionName: string, source: string, records: number) => ({
      uuid: '1',
      functionName,
      source,
      records,
    });
    measureLevels(
      metrics,
      { oldest: () => [{ stream: 'lake', arrivalMs: noon - 4000 }] },
      { lag: () => [lag('load', 'telemetry', 7), lag('push', 'arn:aws:kinesis:us-west-2:000000000000:stream/x', 9)] },
      noon,
    );
    expect(all(metrics)).toEqual({
      'AWS/Firehose DeliveryToS3.DataFreshness DeliveryStreamName=lake': [1, 4, 'Seconds'],
      'AWS/Lambda OffsetLag FunctionName=load': [1, 7, 'None'],
    });
  });
});

describe('S3 requests', () => {
  it('count below the prefix of a filter, with their errors', async () => {
    const metrics = atNoon();
    const requests = s3Requests(metrics);
    requests.define('lake', [{ Id: 'enriched', Prefix: 'enriched-data/' }]);
    const call = async (method: string, url: string, statusCode: number) => {
      const response = Object.assign(new EventEmitter(), { statusCode });
      const service = requests.counted((_, answer) => void answer.emit('finish'));
      await service({ method, url } as IncomingMessage, response as unknown as ServerResponse);
    };
    await call('PUT', '/lake/enriched-data/a%3Db/1.gz?x-id=PutObject', 200);
    await call('PUT', '/lake/enriched-data/2.gz', 503);
    await call('GET', '/lake/enriched-data/3.gz', 404);
    await call('PUT', '/lake/telemetry/1.gz', 503);
    await call('PUT', '/other/enriched-data/1.gz', 503);
    expect(all(metrics)).toEqual({
      'AWS/S3 4xxErrors BucketName=lake,FilterId=enriched': [3, 1, 'Count'],
      'AWS/S3 5xxErrors BucketName=lake,FilterId=enriched': [3, 1, 'Count'],
      'AWS/S3 AllRequests BucketName=lake,FilterId=enriched': [3, 3, 'Count'],
      'AWS/S3 PutRequests BucketName=lake,FilterId=enriched': [2, 2, 'Count'],
    });
  });
});

describe('lines of functions', () => {
  it('become metrics, and what is refused is counted and said once', () => {
    const metrics = atNoon();
    const said: string[] = [];
    const lines = logLines(metrics, (line) => said.push(line));
    const emf = (value: unknown): string =>
      JSON.stringify({
        _aws: {
          Timestamp: noon,
          CloudWatchMetrics: [{ Namespace: 'Shop', Dimensions: [], Metrics: [{ Name: 'Size' }] }],
        },
        Size: value,
      });
    for (const line of [emf(2), 'hello', emf('two'), emf('three')]) lines.take('/aws/lambda/load', line);
    expect(all(metrics)).toEqual({ 'Shop Size ': [1, 2, 'None'] });
    expect(lines.refused()).toBe(2);
    expect(said).toEqual([
      'cloudwatch:emf-refused {"group":"/aws/lambda/load","problem":"the value of metric Size is no number, nor a list of 1 to 100 numbers"}',
    ]);
  });
});
