import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ProducerStack } from './producer-stack.ts';

const synthesised = (stage: string, context = {}) => {
  const { app, settings } = testApp(stage, context);
  return Template.fromStack(new ProducerStack(app, 'Producer', { settings }));
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

  it('publishes its ARN and finds the stream and the lake through the contract', () => {
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/acme/dev/producer/function-arn' });
    const defaults = Object.values(template.findParameters('*')).map(({ Default }) => Default);
    expect(defaults).toEqual(
      expect.arrayContaining(['/acme/dev/stream/telemetry-arn', '/acme/dev/lake-loader/lake-bucket-name']),
    );
  });

  it('says who is hurt when it fails', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('wait at their senders'),
      TreatMissingData: 'notBreaching',
    });
  });
});
