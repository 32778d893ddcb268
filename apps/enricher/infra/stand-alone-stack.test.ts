import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';
import { asYaml, mostTemplateBytes, standAloneTemplate } from './stand-alone-template.ts';

describe('StandAloneStack', () => {
  const json = standAloneTemplate();
  const template = Template.fromJSON(json);

  it('takes the pipeline’s own parameters, with its names, defaults and allowed values', () => {
    expect(template.findParameters('*')).toEqual({
      Environment: expect.objectContaining({ Default: 'dev', AllowedValues: ['dev', 'staging', 'prod'] }),
      StreamShardCount: expect.objectContaining({ Type: 'Number', Default: 2, MinValue: 1, MaxValue: 10_000 }),
      LambdaMemorySize: expect.objectContaining({ Type: 'Number', Default: 256, MinValue: 128, MaxValue: 10_240 }),
      LambdaTimeout: expect.objectContaining({ Type: 'Number', Default: '60' }),
      CodeBucket: expect.not.objectContaining({ Default: expect.anything() }),
      CodeKey: expect.not.objectContaining({ Default: expect.anything() }),
    });
  });

  it('hands each of them to what it is of', () => {
    template.hasResourceProperties('AWS::Kinesis::Stream', {
      ShardCount: { Ref: 'StreamShardCount' },
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Code: { S3Bucket: { Ref: 'CodeBucket' }, S3Key: { Ref: 'CodeKey' } },
      MemorySize: { Ref: 'LambdaMemorySize' },
      Timeout: { Ref: 'LambdaTimeout' },
      Tags: Match.arrayWith([{ Key: 'environment', Value: { Ref: 'Environment' } }]),
      Environment: {
        Variables: Match.objectLike({
          DEADLINE_SECONDS: { 'Fn::FindInMap': ['Patience', { Ref: 'LambdaTimeout' }, 'Seconds'] },
        }),
      },
    });
  });

  it('stops retrying while there is a fifth of the time-out left, whichever is chosen', () => {
    const { AllowedValues } = template.findParameters('LambdaTimeout')['LambdaTimeout'] as { AllowedValues: string[] };
    const { Patience } = template.findMappings('Patience') as Record<string, Record<string, { Seconds: string }>>;
    expect(Object.keys(Patience ?? {})).toEqual(AllowedValues);
    for (const seconds of AllowedValues) expect(Number(Patience?.[seconds]?.Seconds) / Number(seconds)).toBe(0.8);
  });

  it('needs no other stack, no asset, no bootstrap, and no right to name roles', () => {
    const text = JSON.stringify(json);
    for (const word of ['Fn::ImportValue', 'AWS::SSM::Parameter', 'cdk-bootstrap', 'AssetParameters', '"RoleName"'])
      expect(text).not.toContain(word);
    expect(Object.keys(json)).not.toEqual(expect.arrayContaining(['Rules', 'Transform']));
    expect(text).not.toMatch(/AWS::IAM::(User|Group|ManagedPolicy|InstanceProfile)"/);
  });

  it('tells the names that commands use, and logs where they look', () => {
    expect(Object.keys(template.findOutputs('*'))).toEqual([
      'StreamName',
      'FunctionName',
      'BucketName',
      'TableName',
      'TitlesTableName',
      'PagesTableName',
    ]);
    const name = { 'Fn::Sub': '${AWS::StackName}-enricher' };
    template.hasResourceProperties('AWS::Lambda::Function', { FunctionName: name });
    const [logs] = Object.values(template.findResources('AWS::Logs::LogGroup'));
    expect(JSON.stringify(logs?.Properties.LogGroupName)).toMatch(/\/aws\/lambda\/.*AWS::StackName.*-enricher/);
  });

  it('reads its stream in order, and gives up only what the stream is about to forget', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 23 * 3600,
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': Match.anyValue() } } },
    });
  });

  it('keeps its data private and encrypted, and counts what S3 refuses', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      BucketEncryption: Match.anyValue(),
      MetricsConfigurations: [{ Id: 'enriched-data', Prefix: 'enriched-data/' }],
    });
    template.resourceCountIs('AWS::DynamoDB::GlobalTable', 3);
    template.allResourcesProperties('AWS::DynamoDB::GlobalTable', {
      TableName: Match.absent(),
      SSESpecification: Match.objectLike({ SSEEnabled: true }),
    });
    template.resourceCountIs('AWS::CloudWatch::Alarm', 7);
  });

  it('is the same YAML each time, says what the stack says, and fits into a call of CreateStack', () => {
    const yaml = asYaml(json);
    expect(asYaml(standAloneTemplate())).toBe(yaml);
    expect(parse(yaml, { version: '1.1' })).toEqual(json);
    expect(Buffer.byteLength(yaml)).toBeLessThan(mostTemplateBytes);
    expect(yaml).toMatch(/Version: "2012-10-17"/); // bare, YAML 1.1 reads a date
  });
});
