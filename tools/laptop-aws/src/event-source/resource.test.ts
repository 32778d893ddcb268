import { describe, expect, it } from '@jest/globals';
import type { BuiltResource } from '../assembly/resource-kind.ts';
import { aStream, withKinesis } from '../kinesis/kinesis.fixture.ts';
import type { EventSources } from './event-sources.ts';
import { eventSourceResources } from './resource.ts';
import { eventSourcesFor } from './kinesis-mapping.fixture.ts';

const place = { stack: 'AcmeDataLakeStack', logicalId: 'Events', generatedName: 'unused' };
const minimal = {
  EventSourceArn: 'arn:aws:kinesis:us-west-2:000000000000:stream/clicks',
  FunctionName: 'loader',
  StartingPosition: 'TRIM_HORIZON',
};

const build = async (sources: EventSources, properties: object): Promise<BuiltResource> => {
  const kind = eventSourceResources(sources)['AWS::Lambda::EventSourceMapping'];
  return kind?.build(kind.properties.parse(properties), place) as Promise<BuiltResource>;
};

const withSources = (run: (sources: EventSources) => Promise<void>): Promise<void> =>
  withKinesis(async (kinesis, dir) => {
    await kinesis.create(aStream());
    await run(eventSourcesFor(kinesis, dir, () => undefined));
  });

describe('AWS::Lambda::EventSourceMapping', () => {
  it('has Lambda’s defaults and the same id at every start', () =>
    withSources(async (sources) => {
      const built = await build(sources, minimal);
      expect(built.ref).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(built).toEqual({
        ref: built.ref,
        attributes: {
          Id: built.ref,
          EventSourceMappingArn: `arn:aws:lambda:us-west-2:000000000000:event-source-mapping:${built.ref}`,
        },
        notHonoured: [],
      });
      expect((await build(sources, minimal)).ref).toBe(built.ref);
      expect(sources.describe()).toMatchObject([
        { BatchSize: 100, MaximumBatchingWindowInSeconds: 0, MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1 },
      ]);
    }));

  it('takes every setting of the template, and tells them as the Lambda API does', () =>
    withSources(async (sources) => {
      const settings = {
        ParallelizationFactor: 2,
        BisectBatchOnFunctionError: true,
        FilterCriteria: { Filters: [{ Pattern: '{"data":{"event_type":["start"]}}' }] },
        MaximumRetryAttempts: 5,
        MaximumRecordAgeInSeconds: 3600,
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failures' } },
      };
      const { notHonoured } = await build(sources, { ...minimal, ...settings });
      expect(notHonoured).toEqual([]);
      expect(sources.describe()).toMatchObject([settings]);
    }));

  it('lists what does not act', () =>
    withSources(async (sources) => {
      const { notHonoured } = await build(sources, { ...minimal, TumblingWindowInSeconds: 30 });
      expect(notHonoured).toEqual(['TumblingWindowInSeconds (events carry no window and no state)']);
    }));

  it('refuses other sources, limits that Lambda would refuse, and properties it does not know', () =>
    withSources(async (sources) => {
      const refused = (properties: object) => expect(build(sources, { ...minimal, ...properties })).rejects;
      await refused({ EventSourceArn: 'arn:aws:sqs:us-west-2:000000000000:queue' }).toThrow('only Kinesis streams');
      await refused({ BatchSize: 10_001 }).toThrow('BatchSize');
      await refused({ MaximumRecordAgeInSeconds: 5 }).toThrow('MaximumRecordAgeInSeconds');
      await refused({ StartingPosition: 'AT_TIMESTAMP' }).toThrow('StartingPositionTimestamp');
      await refused({ Queues: ['q'] }).toThrow('Queues');
      await refused({ ParallelizationFactor: 11 }).toThrow('ParallelizationFactor');
      await refused({ DestinationConfig: { OnFailure: { Destination: 'kafka://topic' } } }).toThrow('bucket, queue or');
      await refused({ FilterCriteria: { Filters: [{ Pattern: '{"data":["text"]}' }] } }).toThrow('JSON object');
    }));
});

describe('AWS::Lambda::EventSourceMapping for Kafka', () => {
  const kafka = {
    SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['127.0.0.1:9092', '127.0.0.1:9093'] } },
    SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'acme-loader' },
    Topics: ['clicks'],
    FunctionName: 'loader',
    StartingPosition: 'TRIM_HORIZON',
  };

  it('has Lambda’s defaults, and the same id whatever the address of the brokers', () =>
    withSources(async (sources) => {
      const { ref } = await build(sources, kafka);
      const Endpoints = { KafkaBootstrapServers: ['127.0.0.1:1'] };
      expect((await build(sources, { ...kafka, SelfManagedEventSource: { Endpoints } })).ref).toBe(ref);
      expect(sources.describe()).toMatchObject([
        {
          UUID: ref,
          SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['127.0.0.1:1'] } },
          SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'acme-loader' },
          Topics: ['clicks'],
          BatchSize: 100,
          MaximumRetryAttempts: -1,
          State: 'Enabled',
        },
      ]);
    }));

  it('tries ten times more where there is a destination and no number, as Lambda does', () =>
    withSources(async (sources) => {
      const DestinationConfig = { OnFailure: { Destination: 'arn:aws:s3:::failures' } };
      await build(sources, { ...kafka, DestinationConfig });
      expect(sources.describe()).toMatchObject([{ MaximumRetryAttempts: 10, DestinationConfig }]);
    }));

  it('refuses what Lambda would not do without provisioned pollers, and takes it with them', () =>
    withSources(async (sources) => {
      const ReportBatchItemFailures = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
      for (const asked of [
        ReportBatchItemFailures,
        { BisectBatchOnFunctionError: true },
        { MaximumRetryAttempts: 3 },
      ]) {
        await expect(build(sources, { ...kafka, ...asked })).rejects.toThrow('need ProvisionedPollerConfig');
        const ProvisionedPollerConfig = { MinimumPollers: 1, MaximumPollers: 6 };
        await build(sources, { ...kafka, ...asked, ProvisionedPollerConfig });
        expect(sources.describe()).toMatchObject([asked]);
      }
    }));

  it('refuses several topics, addresses that are none, filters of anything but the value, and unknown properties', () =>
    withSources(async (sources) => {
      const refused = (properties: object) => expect(build(sources, { ...kafka, ...properties })).rejects;
      await refused({ Topics: ['a', 'b'] }).toThrow('Topics');
      await refused({ SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['here'] } } }).toThrow(
        'host:port',
      );
      await refused({ FilterCriteria: { Filters: [{ Pattern: '{"key":{"a":[1]}}' }] } }).toThrow('has value');
      await refused({ ParallelizationFactor: 2 }).toThrow('ParallelizationFactor');
    }));
});
