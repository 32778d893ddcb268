import { describe, expect, it } from '@jest/globals';
import type { BuiltResource } from '../assembly/resource-kind.ts';
import type { Kinesis } from './kinesis.ts';
import { kinesisResources } from './resource.ts';
import { anEntry, withKinesis } from './kinesis.fixture.ts';

const place = { stack: 'AcmeKinesisStack', logicalId: 'Events', generatedName: 'AcmeKinesisStack-Events' };

const build = async (kinesis: Kinesis, properties: object): Promise<BuiltResource> => {
  const kind = kinesisResources(kinesis)['AWS::Kinesis::Stream'];
  return kind?.build(kind.properties.parse(properties), place) as Promise<BuiltResource>;
};

describe('AWS::Kinesis::Stream', () => {
  it('is a stream with its settings; on demand it has four shards', () =>
    withKinesis(async (kinesis) => {
      const built = await build(kinesis, {
        Name: 'acme-telemetry-stream',
        RetentionPeriodHours: 48,
        StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
        Tags: [{ Key: 'stage', Value: 'local' }],
      });
      const Arn = 'arn:aws:kinesis:us-west-2:000000000000:stream/acme-telemetry-stream';
      expect(built).toEqual({ ref: 'acme-telemetry-stream', attributes: { Arn } });
      const { createdMs, ...settings } = kinesis.stream(Arn).settings;
      expect(settings).toEqual({
        name: 'acme-telemetry-stream',
        mode: 'ON_DEMAND',
        shards: 4,
        retentionHours: 48,
        encryption: 'KMS',
        keyId: 'alias/aws/kinesis',
        largestRecordKiB: 1024,
        tags: { stage: 'local' },
      });
      expect(createdMs).toBeGreaterThan(0);
    }));

  it('keeps the records of a stream that is there, and takes its new settings', () =>
    withKinesis(async (kinesis) => {
      await build(kinesis, { ShardCount: 1 });
      const stream = kinesis.stream('AcmeKinesisStack-Events');
      await stream.put([anEntry('kept')]);
      await build(kinesis, { ShardCount: 1, RetentionPeriodHours: 72 });
      expect(kinesis.stream('AcmeKinesisStack-Events')).toBe(stream);
      expect([stream.shards[0]?.log.end, stream.settings.retentionHours]).toEqual([1, 72]);
    }));

  it('refuses another number of shards, saying what to do', () =>
    withKinesis(async (kinesis) => {
      await build(kinesis, { ShardCount: 1 });
      await expect(build(kinesis, { ShardCount: 2 })).rejects.toThrow(
        'stream AcmeKinesisStack-Events has a shard count of 1 on this laptop and of 2 in its template; the laptop does not reshard: ' +
          'delete the stream ("aws kinesis delete-stream") or start with an empty --dir',
      );
    }));

  it('refuses properties it does not know', () =>
    withKinesis(async (kinesis) => {
      await expect(build(kinesis, { DesiredShardLevelMetrics: ['IncomingBytes'] })).rejects.toThrow(
        'DesiredShardLevelMetrics',
      );
    }));
});
