import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { AuditStack } from './audit-stack.ts';

const synthesised = (context = {}) => {
  const { app, settings } = testApp('dev', context);
  return Template.fromStack(new AuditStack(app, 'Audit', { settings, env: { region: settings.region } }));
};

describe('AuditStack', () => {
  const template = synthesised();

  it('reads the stream from its oldest record, in large batches, and gives none up', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10_000,
      Enabled: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumBatchingWindowInSeconds: 10,
      StartingPosition: 'TRIM_HORIZON',
    });
  });

  it('may read the stream, write its own part of the ledger, and nothing else but its log', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    const actions = policies.flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
    );
    expect([...new Set(actions)].sort()).toEqual([
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamConsumer',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
      'kinesis:ListStreams',
      'kinesis:SubscribeToShard',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:PutObject',
    ]);
    expect(JSON.stringify(policies)).toContain('/ledger/auditor/*');
  });

  it('finds the streams and the lake through the contract', () => {
    const defaults = Object.values(template.findParameters('*')).map(({ Default }) => Default);
    expect(defaults).toEqual(
      expect.arrayContaining([
        '/acme/dev/stream/telemetry-arn',
        '/acme/dev/stream/clickstream-arn',
        '/acme/dev/lake-loader/lake-bucket-name',
      ]),
    );
  });

  it('reads both streams, on Kafka each as a consumer group of its own', () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
    const onKafka = synthesised({ transport: 'kafka' });
    for (const ConsumerGroupId of ['acme-auditor', 'acme-clickstream-auditor']) {
      onKafka.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId },
      });
    }
  });

  it('rests where the stage keeps no ledger', () => {
    synthesised({ ledger: 'false' }).hasResourceProperties('AWS::Lambda::EventSourceMapping', { Enabled: false });
  });
});
