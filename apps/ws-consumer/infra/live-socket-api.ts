import { explain, named, removalPolicy, type Settings } from '@acme/cdk-kit';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat, CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { type CfnApi, LogGroupLogDestination, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface LiveSocketApiProps {
  readonly settings: Settings;
  /** Decides who may connect. */
  readonly authorize: IFunction;
  /** Answers every route. */
  readonly sockets: IFunction;
}

/** The WebSocket API: routes `$connect` (behind the authoriser), `$disconnect`, `subscribe` and `$default`. */
export class LiveSocketApi extends Construct {
  readonly stage: WebSocketStage;
  private readonly api: WebSocketApi;

  constructor(scope: Construct, id: string, { settings, authorize, sockets }: LiveSocketApiProps) {
    super(scope, id);
    const integration = new WebSocketLambdaIntegration('Sockets', sockets);
    this.api = new WebSocketApi(this, 'Api', {
      apiName: named(settings, 'acme-live-socket'),
      description: 'Live viewing events for the dashboard',
      routeSelectionExpression: '$request.body.action',
      connectRouteOptions: {
        integration,
        authorizer: new WebSocketLambdaAuthorizer('Token', authorize, {
          identitySource: ['route.request.querystring.token'],
        }),
      },
      disconnectRouteOptions: { integration },
      defaultRouteOptions: { integration, returnResponse: true },
    });
    this.api.addRoute('subscribe', { integration, returnResponse: true });

    const accessLogs = new LogGroup(this, 'AccessLogs', {
      retention: settings.logRetentionDays,
      removalPolicy: removalPolicy(settings),
    });
    const { rateLimit, burstLimit } = settings.webSocket;
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: 'prod',
      autoDeploy: true,
      throttle: { rateLimit, burstLimit },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLogs), format: accessLogFormat },
    });
    this.stage.node.addDependency(this.accountMayLog());

    explain(this.api, 'AwsSolutions-APIG4', 'An authoriser acts on $connect; a connection that is open has passed it.');
  }

  /** Lets a function send to the connections that are open, whatever their ids. */
  grantPost(sender: IFunction): void {
    const stack = Stack.of(this);
    const resource = `prod/POST/@connections/*`;
    const connections = stack.formatArn({ service: 'execute-api', resource: this.api.apiId, resourceName: resource });
    sender.addToRolePolicy(
      new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: [connections] }),
    );
    const finding = stack.formatArn({
      partition: 'aws',
      account: '<AWS::AccountId>',
      service: 'execute-api',
      resource: `<${stack.getLogicalId(this.api.node.defaultChild as CfnApi)}>`,
      resourceName: resource,
    });
    explain(
      sender.role!,
      `AwsSolutions-IAM5[Resource::${finding}]`,
      'A connection gets its id when it opens; the grant is to post, on this stage alone.',
    );
  }

  /** API Gateway writes access logs by a role that belongs to the account and region, not to an API. */
  private accountMayLog(): CfnAccount {
    const role = new Role(this, 'AccountLogs', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(pushToCloudWatchLogs)],
    });
    explain(
      role,
      `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${pushToCloudWatchLogs}]`,
      'What API Gateway asks its logging role to have (its page on WebSocket API logging).',
    );
    const account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    // Other APIs of the account log by it, too: it stays when this stack goes.
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return account;
  }
}

const pushToCloudWatchLogs = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';

// No query string: it holds the token.
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    requestTime: '$context.requestTime',
    connectionId: '$context.connectionId',
    eventType: '$context.eventType',
    routeKey: '$context.routeKey',
    status: '$context.status',
    error: '$context.error.message',
    sourceIp: '$context.identity.sourceIp',
  }),
);
