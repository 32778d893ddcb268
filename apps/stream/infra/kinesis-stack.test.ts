import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { KinesisStack } from './kinesis-stack.ts';

const synthesised = (stage = 'dev', context: Record<string, string> = {}) => {
  const { app, settings } = testApp(stage, context);
  return Template.fromStack(new KinesisStack(app, 'Stream', { settings }));
};

describe('KinesisStack', () => {
  const template = synthesised();

  it('has the telemetry stream on demand, encrypted, kept for 24 hours', () => {
    template.hasResourceProperties('AWS::Kinesis::Stream', {
      Name: 'acme-telemetry-stream',
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      RetentionPeriodHours: 24,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    });
  });

  it('has the clickstream on two shards, or as many as the reference system’s setting says', () => {
    template.hasResourceProperties('AWS::Kinesis::Stream', { Name: 'real-time-analytics-stream', ShardCount: 2 });
    synthesised('dev', { kinesisShardCount: '4' }).hasResourceProperties('AWS::Kinesis::Stream', {
      Name: 'real-time-analytics-stream',
      ShardCount: 4,
    });
  });

  it('publishes both streams for the other services', () => {
    for (const thing of ['telemetry-arn', 'clickstream-arn']) {
      template.hasResourceProperties('AWS::SSM::Parameter', { Name: `/acme/dev/stream/${thing}` });
    }
  });

  it('keeps the data in a stage that says so, and only there', () => {
    const policies = (stage: string) =>
      Object.values(synthesised(stage).findResources('AWS::Kinesis::Stream')).map(
        ({ DeletionPolicy }) => DeletionPolicy,
      );
    expect(policies('prod')).toEqual(['Retain', 'Retain']);
    expect(policies('dev')).toEqual(['Delete', 'Delete']);
  });
});
