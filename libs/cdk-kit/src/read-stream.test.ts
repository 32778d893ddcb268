import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { bundleFolder } from './bundle-folder.ts';
import { type Reading, readStream } from './read-stream.ts';
import { ServiceFunction } from './service-function.ts';
import type { Settings } from './settings.ts';
import { watchStreamReader } from './stream-alarms.ts';
import { testApp } from './test-app.ts';

const bucketArn = 'arn:aws:s3:::lake';
const reading: Reading = {
  reader: 'lake-loader',
  startingPosition: StartingPosition.TRIM_HORIZON,
  bisectBatchOnError: true,
  onFailure: { bind: () => ({ destination: bucketArn }) },
};
const mapping = 'AWS::Lambda::EventSourceMapping';
const folder = bundleFolder('a-reader');

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = async () => undefined;\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const synthesised = (
  stage: string,
  transport: Settings['transport'],
  more: Partial<Reading> = {},
  kafka: Partial<Settings['kafka']> = {},
) => {
  const { app, settings: asIs } = testApp(stage, { transport });
  const settings = { ...asIs, kafka: { ...asIs.kafka, ...kafka } };
  const stack = new Stack(app, 'Reader', { env: { region: settings.region } });
  const reader = new ServiceFunction(stack, 'Read', {
    settings,
    bundle: 'a-reader',
    description: 'reads',
    whenFailing: 'nobody',
    environment: {},
  });
  readStream(reader, settings, { ...reading, ...more });
  watchStreamReader(reader, settings, 'Nobody notices.');
  return Template.fromStack(stack);
};

describe('reading a stream', () => {
  it('is a Kinesis mapping, and nothing of Kafka, where the transport is Kinesis', () => {
    const template = synthesised('dev', 'kinesis');
    template.hasResourceProperties(mapping, {
      EventSourceArn: Match.objectLike({ Ref: Match.stringLikeRegexp('telemetryarn') }),
      BatchSize: 500,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: Match.absent(),
      ProvisionedPollerConfig: Match.absent(),
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'IteratorAge' });
    expect(JSON.stringify(template.toJSON())).not.toMatch(/kafka/i);
  });

  it('is one consumer group on MSK, in provisioned mode, without which Lambda ignores failure reports', () => {
    const template = synthesised('dev', 'kafka');
    template.hasResourceProperties(mapping, {
      EventSourceArn: Match.objectLike({ Ref: Match.stringLikeRegexp('kafkaclusterarn') }),
      Topics: ['acme-telemetry-stream'],
      AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'acme-lake-loader' },
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 6, PollerGroupName: 'acme-telemetry' },
      BatchSize: 5_000,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRecordAgeInSeconds: 82_800,
      StartingPosition: 'TRIM_HORIZON',
      SelfManagedEventSource: Match.absent(),
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'OffsetLag', Threshold: 300_000 });
  });

  it('tries without end on Kafka, too: with a destination alone Lambda would give up after ten', () => {
    const attempts = (more: Partial<Reading>) => {
      const [one] = Object.values(synthesised('dev', 'kafka', more).findResources(mapping));
      return one?.Properties.MaximumRetryAttempts;
    };
    expect(attempts({})).toBe(10_000);
    expect(attempts({ but: { retries: 3 } })).toBe(3);
  });

  it('may read one topic as one group, see the one cluster, and nothing else of Kafka', () => {
    const policies = Object.values(synthesised('dev', 'kafka').findResources('AWS::IAM::Policy'));
    const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const kafka = statements.filter(({ Action }) => JSON.stringify(Action).includes('kafka'));
    const allowed = (resource: RegExp) =>
      kafka.filter(({ Resource }) => resource.test(JSON.stringify(Resource))).flatMap(({ Action }) => Action);
    expect(allowed(/:topic\/.*\/acme-telemetry-stream"/)).toEqual([
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:ReadData',
    ]);
    expect(allowed(/:group\/.*\/acme-lake-loader"/)).toEqual([
      'kafka-cluster:AlterGroup',
      'kafka-cluster:DescribeGroup',
    ]);
    expect(allowed(/^\{"Ref":/)).toEqual([
      'kafka-cluster:Connect',
      'kafka-cluster:DescribeClusterDynamicConfiguration',
      'kafka:DescribeClusterV2',
      'kafka:GetBootstrapBrokers',
    ]);
    expect(kafka).toHaveLength(3);
    expect(JSON.stringify(kafka)).not.toContain('*');
  });

  it('is by address on brokers that are not MSK’s: on the laptop by nothing else', () => {
    const template = synthesised('local', 'kafka');
    template.hasResourceProperties(mapping, {
      SelfManagedEventSource: {
        Endpoints: {
          KafkaBootstrapServers: {
            'Fn::Split': [',', { Ref: Match.stringLikeRegexp('kafkabootstrapservers') }],
          },
        },
      },
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'acme-lake-loader' },
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 6, PollerGroupName: Match.absent() },
      SourceAccessConfigurations: Match.absent(),
      EventSourceArn: Match.absent(),
    });
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toMatch(/kafka|ec2/);
  });

  it('enters the network of brokers elsewhere, with their secret', () => {
    const secretArn = 'arn:aws:secretsmanager:us-west-2:000000000000:secret:AmazonMSK_acme';
    const network = {
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: ['subnet-0123456789abcdef0'],
      zones: ['us-west-2a'],
      securityGroupId: 'sg-0123456789abcdef0',
    };
    const template = synthesised('dev', 'kafka', {}, { selfManaged: { auth: 'scram', secretArn, network } });
    template.hasResourceProperties(mapping, {
      SourceAccessConfigurations: [
        { Type: 'VPC_SUBNET', URI: 'subnet:subnet-0123456789abcdef0' },
        { Type: 'VPC_SECURITY_GROUP', URI: 'security_group:sg-0123456789abcdef0' },
        { Type: 'SASL_SCRAM_512_AUTH', URI: secretArn },
      ],
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: secretArn },
          Match.objectLike({ Action: Match.arrayWith(['ec2:CreateNetworkInterface']), Resource: '*' }),
        ]),
      },
    });
  });
});
