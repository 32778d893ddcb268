import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { enricherContext } from './context.ts';
import { EnricherStack } from './enricher-stack.ts';

const synthesised = (stage = 'dev', values: Record<string, string> = {}, lake: object = {}) => {
  const { app, settings: given } = testApp(stage, values);
  const settings = { ...given, lake: { ...given.lake, ...lake } };
  const context = enricherContext(app);
  return Template.fromStack(new EnricherStack(app, 'E', { settings, context, env: { region: settings.region } }));
};
const functionType = 'AWS::Lambda::Function';
const mapping = 'AWS::Lambda::EventSourceMapping';
const table = 'AWS::DynamoDB::GlobalTable';
const alarm = 'AWS::CloudWatch::Alarm';

describe('EnricherStack', () => {
  const template = synthesised();

  it('reads both streams in order, waits out what fails, and says which records failed', () => {
    template.resourceCountIs(mapping, 2);
    template.allResourcesProperties(mapping, {
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 30,
      ParallelizationFactor: Match.absent(),
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
      MaximumRetryAttempts: Match.absent(),
      MaximumRecordAgeInSeconds: 23 * 3600,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
    const defaults = Object.values(template.findParameters('*')).map(({ Default }) => Default);
    expect(defaults).toEqual(
      expect.arrayContaining([
        '/acme/dev/stream/telemetry-arn',
        '/acme/dev/stream/clickstream-arn',
        '/acme/dev/lake-loader/lake-bucket-name',
      ]),
    );
  });

  it('runs acme-data-enricher with 256 MB for 60 seconds, and tells it streams and tables', () => {
    template.hasResourceProperties(functionType, {
      FunctionName: 'acme-data-enricher',
      MemorySize: 256,
      Timeout: 60,
      Environment: {
        Variables: Match.objectLike({
          VIEWING_STREAM: 'acme-telemetry-stream',
          CLICKSTREAM_STREAM: 'real-time-analytics-stream',
          DEADLINE_SECONDS: '48',
          CACHE_ENTRIES: '10240',
        }),
      },
    });
    const { LOOKUP_TABLES } = Object.values(template.findResources(functionType))[0]?.['Properties'].Environment
      .Variables;
    expect(JSON.stringify(LOOKUP_TABLES)).toMatch(/customers=.*,titles=.*,pages=/);
  });

  it('takes every setting by its known name and unit', () => {
    const own = synthesised('dev', {
      environment: 'staging',
      streamShardCount: '4',
      lambdaMemorySize: '1024',
      lambdaTimeout: '120',
    });
    own.hasResourceProperties(functionType, {
      MemorySize: 1024,
      Timeout: 120,
      Tags: Match.arrayWith([{ Key: 'environment', Value: 'staging' }]),
      Environment: { Variables: Match.objectLike({ DEADLINE_SECONDS: '96', CACHE_ENTRIES: '40960' }) },
    });
  });

  it.each([
    ['lambdaTimeout', '901', /lambdaTimeout: .*900.*Allowed are .*lambdaTimeout \(seconds, 10 to 900, default 60\)/],
    ['lambdaMemorySize', 'much', /lambdaMemorySize: .*number/],
    ['lambdaMemory', '256', /lambdaMemory: is not a setting. Allowed are .*lambdaMemorySize \(MB/],
    ['streamShardCount', '0', /streamShardCount: .*1/],
    ['environment', 'production', /environment: .*staging/],
  ])('refuses %s=%s', (name, value, reason) => {
    expect(() => synthesised('dev', { [name]: value })).toThrow(reason);
  });

  it('keeps what is known in a table for each dimension: on demand, recoverable, encrypted', () => {
    const tables = Object.values(template.findResources(table)).map(({ Properties }) => Properties);
    expect(tables.map(({ TableName }) => TableName)).toEqual([
      'enricher-customers',
      'enricher-titles',
      'enricher-pages',
    ]);
    template.allResourcesProperties(table, {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'lookupKey', KeyType: 'HASH' }],
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [Match.objectLike({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } })],
    });
    const policies = (stage: string) =>
      Object.values(synthesised(stage).findResources(table)).map(({ DeletionPolicy }) => DeletionPolicy);
    expect(new Set(policies('prod'))).toEqual(new Set(['Retain']));
    expect(new Set(policies('dev'))).toEqual(new Set(['Delete']));
  });

  it('may read these tables, write its part of the lake, quarantine and ledger, and read the streams', () => {
    const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[],
    );
    const actions = new Set(statements.flatMap(({ Action }) => Action));
    expect([...actions].filter((action) => !/^(kinesis|logs):/.test(action)).sort()).toEqual([
      'dynamodb:BatchGetItem',
      's3:ListBucket',
      's3:PutObject',
    ]);
    const puts = statements
      .filter(({ Action }) => Action === 's3:PutObject')
      .flatMap(({ Resource }) => Resource)
      .map((arn) => /\/[a-z/-]+\/\*/.exec(JSON.stringify(arn))?.[0]);
    expect(puts.sort()).toEqual([
      '/aws/lambda/*',
      '/enriched-data/*',
      '/ledger/clickstream-enricher/*',
      '/ledger/enricher/*',
      '/quarantine/clickstream-enricher/*',
      '/quarantine/enricher/*',
    ]);
  });

  it('has alarms that say who is hurt, and what no data means', () => {
    const alarms = Object.values(template.findResources(alarm)).map(({ Properties }) => Properties);
    expect(alarms).toHaveLength(10);
    for (const { AlarmDescription, TreatMissingData } of alarms) {
      expect(AlarmDescription).toMatch(/late|miss|still|lost/);
      expect(['notBreaching', 'breaching']).toContain(TreatMissingData);
    }
    for (const Value of ['acme-telemetry-stream', 'real-time-analytics-stream'])
      template.hasResourceProperties(alarm, {
        Namespace: 'AWS/Kinesis',
        MetricName: 'IncomingRecords',
        Dimensions: [{ Name: 'StreamName', Value }],
        TreatMissingData: 'breaching',
      });
    const names = alarms.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`);
    expect(names.filter((name) => name === 'AWS/DynamoDB ReadThrottleEvents')).toHaveLength(3);
    for (const MetricName of ['4xxErrors', '5xxErrors'])
      template.hasResourceProperties(alarm, {
        Namespace: 'AWS/S3',
        MetricName,
        Dimensions: Match.arrayWith([{ Name: 'FilterId', Value: 'enriched-data' }]),
      });
  });

  it('has a dashboard, and tells the names that commands use', () => {
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'acme-streaming-enrichment' });
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
      'BucketName',
      'FunctionName',
      'PagesTableName',
      'StreamName',
      'TableName',
      'TelemetryStreamName',
      'TitlesTableName',
    ]);
    template.hasOutput('StreamName', { Value: 'real-time-analytics-stream' });
  });

  it('reads the topics where the transport is Kafka, each as a consumer group of its own', () => {
    const kafka = synthesised('dev', { transport: 'kafka' });
    for (const [topic, group] of [
      ['acme-telemetry-stream', 'acme-enricher'],
      ['real-time-analytics-stream', 'acme-clickstream-enricher'],
    ])
      kafka.hasResourceProperties(mapping, {
        Topics: [topic],
        BatchSize: 5000,
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: group },
      });
    kafka.hasResourceProperties(alarm, {
      Namespace: 'StreamingEnrichment',
      MetricName: 'EventsEnriched',
      Dimensions: [{ Name: 'Family', Value: 'viewing' }],
      TreatMissingData: 'breaching',
    });
  });

  it('gives a VPC its way to DynamoDB only where the stage asks for endpoints', () => {
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
    const [vpcId, subnetId, routeTableId] = ['vpc-', 'subnet-', 'rtb-'].map((kind) => `${kind}0123456789abcdef0`);
    synthesised(
      'dev',
      {},
      {
        endpoints: { vpcId, cidr: '10.0.0.0/16', subnetIds: [subnetId], routeTableIds: [routeTableId] },
      },
    ).hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ServiceName: 'com.amazonaws.us-west-2.dynamodb',
      VpcEndpointType: 'Gateway',
      VpcId: vpcId,
      RouteTableIds: [routeTableId],
    });
  });
});
