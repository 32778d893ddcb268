import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ProducerStack } from './producer-stack.ts';

const synthesised = (stage: string, context = {}) => {
  const { app, settings } = testApp(stage, context);
  return Template.fromStack(new ProducerStack(app, 'Producer', { settings, env: { region: settings.region } }));
};

describe('ProducerStack', () => {
  const template = synthesised('dev');

  it('may put records, write its own quarantine and receipts, and nothing else but its log', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(
      statements
        .map(({ Action }) => Action)
        .flat()
        .sort(),
    ).toEqual(['kinesis:PutRecords', 'logs:CreateLogStream', 'logs:PutLogEvents', 's3:PutObject']);
  });

  it('keeps receipts under a prefix of their own, unless the stage keeps no ledger', () => {
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain('/ledger/receipts/*');
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ LEDGER_BUCKET: Match.anyValue() }) },
    });
    synthesised('dev', { ledger: 'false' }).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ LEDGER_BUCKET: Match.absent() }) },
    });
  });

  it('has the name that commands print, in its stage', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'acme-data-producer',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
    });
    synthesised('prod').hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'acme-prod-data-producer' });
  });

  it('publishes its ARN and finds the streams and the lake through the contract', () => {
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/acme/dev/producer/function-arn' });
    const defaults = Object.values(template.findParameters('*')).map(({ Default }) => Default);
    expect(defaults).toEqual(
      expect.arrayContaining([
        '/acme/dev/stream/telemetry-arn',
        '/acme/dev/stream/clickstream-arn',
        '/acme/dev/lake-loader/lake-bucket-name',
      ]),
    );
  });

  it('says who is hurt when it fails', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('wait at their senders'),
      TreatMissingData: 'notBreaching',
    });
  });
});

describe('ProducerStack on Kafka', () => {
  const template = synthesised('dev', { transport: 'kafka' });
  const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );

  it('runs its Kafka bundle in private subnets, as a client of the brokers', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'kafka.handler',
      VpcConfig: { SecurityGroupIds: [Match.anyValue()], SubnetIds: [0, 1, 2].map(() => Match.anyValue()) },
      Environment: {
        Variables: Match.objectLike({
          TRANSPORT: 'kafka',
          BOOTSTRAP_SERVERS: Match.anyValue(),
          TOPIC: 'acme-telemetry-stream',
          CLICKSTREAM_TOPIC: 'real-time-analytics-stream',
          KAFKA_AUTH: 'iam',
          STREAM_NAME: Match.absent(),
        }),
      },
    });
    const read = Object.values(template.findParameters('*')).map(({ Default }) => Default);
    expect(read).toEqual(expect.arrayContaining(['/acme/dev/stream/kafka-clients-group-id']));
    expect(read).not.toContain('/acme/dev/stream/telemetry-arn');
  });

  it('may connect to the one cluster and write to the topics of both families, and nothing else of Kafka', () => {
    const kafka = statements.filter(({ Action }) => JSON.stringify(Action).includes('kafka'));
    const writes = kafka.filter(({ Action }) => Action !== 'kafka-cluster:Connect');
    expect(new Set(kafka.flatMap(({ Action }) => Action))).toEqual(
      new Set(['kafka-cluster:Connect', 'kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData']),
    );
    const topics = JSON.stringify(writes.map(({ Resource }) => Resource)).matchAll(/:topic\/.*?\/([\w-]+)"/g);
    expect([...topics].map(([, topic]) => topic)).toEqual(['acme-telemetry-stream', 'real-time-analytics-stream']);
    expect(JSON.stringify(kafka)).not.toContain('*');
  });

  it('on the laptop needs no network and no rights: the brokers are its neighbours', () => {
    const local = synthesised('local', { transport: 'kafka' });
    local.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: Match.absent(),
      Environment: { Variables: Match.objectLike({ KAFKA_AUTH: 'none', KAFKA_SECRET_ARN: Match.absent() }) },
    });
    expect(JSON.stringify(local.findResources('AWS::IAM::Policy'))).not.toContain('kafka');
  });
});
