import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DashboardStack } from './dashboard-stack.ts';

const { app, settings } = testApp('dev', { 'aws:cdk:bundling-stacks': '[]' });
const template = Template.fromStack(
  new DashboardStack(app, 'AcmeDashboardStack', { settings, env: { region: settings.region } }),
);

describe('AcmeDashboardStack', () => {
  it('lets nobody connect without a token', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
      RouteKey: '$connect',
      AuthorizationType: 'CUSTOM',
      AuthorizerId: Match.anyValue(),
    });
    template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'REQUEST',
      IdentitySource: ['route.request.querystring.token'],
    });
  });

  it('answers the routes that clients send to', () => {
    for (const RouteKey of ['subscribe', '$default'])
      template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
        RouteKey,
        RouteResponseSelectionExpression: '$default',
      });
  });

  it('throttles the stage, and keeps tokens out of its access log', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: 'prod',
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 },
      AccessLogSettings: { Format: Match.not(Match.stringLikeRegexp('querystring|requestLine|authorizer|path')) },
    });
  });

  it('forgets connections and tokens by themselves', () => {
    template.allResourcesProperties('AWS::DynamoDB::GlobalTable', {
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  it('reads what is new on the stream, without waiting for a batch to fill', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      StartingPosition: 'LATEST',
      MaximumBatchingWindowInSeconds: Match.absent(),
      MaximumRecordAgeInSeconds: 60,
      MaximumRetryAttempts: 3,
      BisectBatchOnFunctionError: Match.absent(),
      DestinationConfig: Match.absent(),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('pushes the clickstream from a function of its own', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'clicks.handler' });
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
  });

  it('publishes where to connect, and where the key of its tokens is', () => {
    const names = Object.values(template.findResources('AWS::SSM::Parameter')).map(({ Properties }) => Properties.Name);
    expect(names).toEqual(['/acme/dev/ws-consumer/web-socket-url', '/acme/dev/ws-consumer/socket-key-arn']);
  });
});
