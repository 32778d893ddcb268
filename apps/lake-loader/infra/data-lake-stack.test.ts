import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DataLakeStack } from './data-lake-stack.ts';

describe('DataLakeStack', () => {
  const { app, settings } = testApp();
  const template = Template.fromStack(new DataLakeStack(app, 'Lake', { settings, env: { region: settings.region } }));

  it('keeps quarantine and ledger for thirty days, in an encrypted bucket closed to the public', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: { 'Fn::Join': ['', ['acme-telemetry-data-', { Ref: 'AWS::AccountId' }, '-us-west-2']] },
      BucketEncryption: Match.anyValue(),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({ Prefix: 'quarantine/', ExpirationInDays: 30 }),
          Match.objectLike({ Prefix: 'ledger/', ExpirationInDays: 30 }),
        ]),
      },
    });
  });

  it('keeps a log of who read and wrote what, which is encrypted, closed and TLS only too, and expires', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { DestinationBucketName: { Ref: Match.stringLikeRegexp('^AccessLogs') } },
    });
    const [[id, logs] = []] = Object.entries(template.findResources('AWS::S3::Bucket')).filter(([name]) =>
      name.startsWith('AccessLogs'),
    );
    expect(logs?.['Properties']).toMatchObject({
      BucketEncryption: expect.anything(),
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30, Status: 'Enabled' }] },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: id },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('keeps query results for a week', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ Prefix: 'athena-results/', ExpirationInDays: 7 })]),
      },
    });
  });

  it('refuses requests without TLS', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('delivers gzip by arrival hour, under the reference system’s names', () => {
    template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
      DeliveryStreamName: 'acme-data-kinesis-to-s3',
      ExtendedS3DestinationConfiguration: {
        CompressionFormat: 'GZIP',
        Prefix: 'telemetry/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/',
      },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/firehose/acme-data-kinesis-to-s3' });
  });

  it('delivers the clickstream by itself, from a function of its own, so that neither waits for the other', () => {
    template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
      DeliveryStreamName: 'acme-clickstream-to-s3',
      ExtendedS3DestinationConfiguration: {
        Prefix: 'clickstream/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/',
      },
    });
    template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'clickstream.handler' });
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
    template.hasResourceProperties('AWS::Glue::Table', {
      TableInput: Match.objectLike({ Name: 'clickstream_events' }),
    });
  });

  it('lands both streams on Kafka too, each as a consumer group of its own', () => {
    const kafka = testApp('dev', { transport: 'kafka' });
    const onKafka = Template.fromStack(
      new DataLakeStack(kafka.app, 'Lake', { settings: kafka.settings, env: { region: settings.region } }),
    );
    for (const [topic, group] of [
      ['acme-telemetry-stream', 'acme-lake-loader'],
      ['real-time-analytics-stream', 'acme-clickstream-loader'],
    ]) {
      onKafka.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
        Topics: [topic],
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: group },
      });
    }
  });

  it('reads the stream in order and reports which records failed', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
    });
  });

  it('gives no event up while the stream keeps it, and then to the bucket, where it stays as long as quarantine', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: Match.absent(),
      MaximumRecordAgeInSeconds: (settings.streams.retentionHours - 1) * 3600,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Lake'), 'Arn'] } } },
    });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ Prefix: 'aws/lambda/', ExpirationInDays: 30 })]),
      },
    });
  });

  it('alarms when accepted events do not reach the lake', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'DeliveryToS3.DataFreshness' });
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
      'AthenaWorkGroupName',
      'DataBucketName',
      'GlueDatabaseName',
      'LakeReadPolicyArn',
      'QuarantineReadPolicyArn',
    ]);
  });
});
