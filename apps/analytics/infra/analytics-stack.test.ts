import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AnalyticsStack } from './analytics-stack.ts';
import { analyticsContext } from './context.ts';

const synthesised = (stage = 'dev', values: Record<string, string> = {}) => {
  const { app, settings } = testApp(stage, values);
  const context = analyticsContext(app);
  return Template.fromStack(new AnalyticsStack(app, 'A', { settings, context, env: { region: settings.region } }));
};
const functionType = 'AWS::Lambda::Function';
const mapping = 'AWS::Lambda::EventSourceMapping';
const table = 'AWS::DynamoDB::GlobalTable';

describe('AnalyticsStack', () => {
  const template = synthesised();

  it('reads the clickstream in batches of 100 or 5 seconds, two of a shard at a time, and says which records failed', () => {
    template.hasResourceProperties(mapping, {
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 5,
      ParallelizationFactor: 2,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
      MaximumRecordAgeInSeconds: 23 * 3600,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
    const defaults = Object.values(template.findParameters('*')).map(({ Default }) => Default);
    expect(defaults).toEqual(
      expect.arrayContaining(['/acme/dev/stream/clickstream-arn', '/acme/dev/lake-loader/lake-bucket-name']),
    );
  });

  it('runs kinesis-stream-processor with 512 MB for 5 minutes, traced, without setting concurrency aside', () => {
    template.hasResourceProperties(functionType, {
      FunctionName: 'kinesis-stream-processor',
      MemorySize: 512,
      Timeout: 300,
      TracingConfig: { Mode: 'Active' },
      ReservedConcurrentExecutions: Match.absent(),
      Environment: { Variables: Match.objectLike({ DEADLINE_SECONDS: '240' }) },
    });
  });

  it('takes every setting by its known name and unit', () => {
    const own = synthesised('dev', {
      lambdaMemorySize: '1024',
      lambdaTimeout: '2',
      lambdaBatchSize: '50',
      lambdaMaxBatchingWindow: '10',
      kinesisShardCount: '60',
      kinesisRetentionPeriod: '48',
      environment: 'production',
    });
    own.hasResourceProperties(functionType, {
      MemorySize: 1024,
      Timeout: 120,
      ReservedConcurrentExecutions: 100,
      Tags: Match.arrayWith([{ Key: 'environment', Value: 'production' }]),
    });
    own.hasResourceProperties(mapping, {
      BatchSize: 50,
      MaximumBatchingWindowInSeconds: 10,
      MaximumRecordAgeInSeconds: 47 * 3600,
    });
  });

  it.each([
    ['lambdaTimeout', '16', /lambdaTimeout: .*15.*Allowed are .*lambdaTimeout \(minutes, 1 to 15, default 5\)/],
    ['lambdaBatchSize', 'many', /lambdaBatchSize: .*number/],
    ['lambdaMemory', '512', /lambdaMemory: is not a setting. Allowed are lambdaMemorySize \(MB/],
    ['kinesisRetentionPeriod', '721', /kinesisRetentionPeriod: at most 720 hours/],
  ])('refuses %s=%s', (name, value, reason) => {
    expect(() => synthesised('dev', { [name]: value })).toThrow(reason);
  });

  it('keeps results by event and time, found by type and time, and aggregates by window', () => {
    const common = {
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [Match.objectLike({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } })],
    };
    const key = (hash: string, range: string) => [
      { AttributeName: hash, KeyType: 'HASH' },
      { AttributeName: range, KeyType: 'RANGE' },
    ];
    template.hasResourceProperties(table, {
      ...common,
      TableName: 'analytics-results',
      KeySchema: key('eventId', 'timestamp'),
      GlobalSecondaryIndexes: [Match.objectLike({ KeySchema: key('eventType', 'timestamp') })],
    });
    template.hasResourceProperties(table, {
      ...common,
      TableName: 'analytics-aggregates',
      KeySchema: key('window', 'subject'),
    });
  });

  it('keeps its tables in a stage that keeps data, and only there', () => {
    const policies = (stage: string) =>
      Object.values(synthesised(stage).findResources(table)).map(({ DeletionPolicy }) => DeletionPolicy);
    expect(policies('prod')).toEqual(['Retain', 'Retain']);
    expect(policies('dev')).toEqual(['Delete', 'Delete']);
  });

  it('may write these tables, its part of quarantine and ledger, what is given up, and read the stream', () => {
    const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[],
    );
    const actions = new Set(statements.flatMap(({ Action }) => Action));
    expect([...actions].filter((action) => !/^(kinesis|logs|xray):/.test(action)).sort()).toEqual([
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      's3:ListBucket',
      's3:PutObject',
    ]);
    const puts = statements
      .filter(({ Action }) => Action === 's3:PutObject')
      .flatMap(({ Resource }) => Resource)
      .map((arn) => JSON.stringify(arn));
    expect(puts.map((arn) => /\/[a-z/]+\/\*/.exec(arn)?.[0]).sort()).toEqual([
      '/aws/lambda/*',
      '/ledger/analytics/*',
      '/quarantine/analytics/*',
    ]);
  });

  it('has alarms that say who is hurt, and what no data means', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    expect(alarms).toHaveLength(7);
    for (const { AlarmDescription, TreatMissingData } of alarms) {
      expect(AlarmDescription).toMatch(/late|miss|cut off|still|lost/);
      expect(['notBreaching', 'breaching']).toContain(TreatMissingData);
    }
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Kinesis',
      MetricName: 'IncomingRecords',
      Dimensions: [{ Name: 'StreamName', Value: 'real-time-analytics-stream' }],
      TreatMissingData: 'breaching',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Duration', Threshold: 240_000 });
  });

  it('has a dashboard, and tells the names that commands use', () => {
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'acme-real-time-analytics' });
    expect(Object.keys(template.findOutputs('*'))).toEqual(
      expect.arrayContaining(['StreamName', 'FunctionName', 'TableName', 'AggregatesTableName']),
    );
  });

  it('reads the topic where the transport is Kafka', () => {
    const kafka = synthesised('dev', { transport: 'kafka' });
    kafka.hasResourceProperties(mapping, {
      Topics: ['real-time-analytics-stream'],
      BatchSize: 2000,
      ParallelizationFactor: Match.absent(),
    });
    kafka.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'RealTimeAnalytics',
      MetricName: 'Batch/Size',
      TreatMissingData: 'breaching',
    });
  });
});
