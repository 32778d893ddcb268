import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { GeneratorStack } from './generator-stack.ts';

describe('GeneratorStack', () => {
  const { app, settings } = testApp();
  const template = Template.fromStack(new GeneratorStack(app, 'Generator', { settings }));

  it('runs every five minutes, and a retried run knows its scheduled time', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(5 minutes)',
      Target: {
        Input: Match.serializedJson({ family: 'viewing', scheduledTime: '<aws.scheduler.scheduled-time>' }),
        RetryPolicy: { MaximumRetryAttempts: 3 },
      },
    });
  });

  it('makes clickstream every minute', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 minute)',
      Target: {
        Input: Match.serializedJson({ family: 'clickstream', scheduledTime: '<aws.scheduler.scheduled-time>' }),
      },
    });
  });

  it('may invoke the producer, and nothing else but write its log', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    const ofFunction = policies.filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('GenerateRole'));
    const actions = ofFunction.flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string[] }) => Action),
    );
    expect(actions.sort()).toEqual(['lambda:InvokeFunction', 'logs:CreateLogStream', 'logs:PutLogEvents']);
  });

  it('has the name that commands print', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'acme-data-generator' });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/acme-data-generator' });
  });
});
