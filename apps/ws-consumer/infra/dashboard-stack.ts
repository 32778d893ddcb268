import {
  explain,
  grantLedger,
  lookUp,
  publish,
  readStream,
  removalPolicy,
  ServiceFunction,
  type Settings,
  watchStreamReader,
} from '@acme/cdk-kit';
import { readers } from '@acme/stack-contract';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { AuthorizeEnv } from '../src/authorize/env.ts';
import type { PushEnv } from '../src/push/env.ts';
import type { SocketsEnv } from '../src/sockets/env.ts';
import { LiveSocketApi } from './live-socket-api.ts';

export interface DashboardStackProps extends StackProps {
  readonly settings: Settings;
}

/** Which function pushes which stream; `consumer` is its group on Kafka. */
const pushed = [
  { id: 'Push', bundle: 'ws-consumer/push', reader: 'ws-consumer' },
  { id: 'PushClicks', bundle: 'ws-consumer/clicks', reader: 'ws-consumer-clicks' },
] as const;

/** The live view's server side: who is connected, and the functions that push the streams' events to them. */
export class DashboardStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: DashboardStackProps) {
    super(scope, id, props);
    const connections = this.expiringTable('Connections', 'connectionId', settings);
    const usedTokens = this.expiringTable('UsedTokens', 'tokenId', settings);
    const signingKey = new Secret(this, 'SigningKey', {
      description: 'Signs the tokens that open a WebSocket connection to the live view',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: removalPolicy(settings),
    });

    const authorize = new ServiceFunction(this, 'Authorize', {
      settings,
      bundle: 'ws-consumer/authorize',
      description: 'Lets a WebSocket connection in whose token is signed, fresh and unused',
      environment: {
        SIGNING_KEY_ARN: signingKey.secretArn,
        USED_TOKENS_TABLE: usedTokens.tableName,
      } satisfies AuthorizeEnv,
      timeout: Duration.seconds(10),
      whenFailing: 'Nobody can open the live view; those connected keep it.',
    });
    const sockets = new ServiceFunction(this, 'Sockets', {
      settings,
      bundle: 'ws-consumer/sockets',
      description: 'Keeps the list of open connections and what each wants to see',
      environment: { CONNECTIONS_TABLE: connections.tableName } satisfies SocketsEnv,
      timeout: Duration.seconds(10),
      whenFailing: 'Connections to the live view are refused, or keep the filter they had.',
    });
    const api = new LiveSocketApi(this, 'LiveSocket', { settings, authorize, sockets });
    const lake = Bucket.fromBucketName(this, 'Lake', lookUp(this, settings, 'lakeBucketName'));
    for (const { id, bundle, reader } of pushed) {
      const { stream } = readers[reader];
      const push = new ServiceFunction(this, id, {
        settings,
        bundle,
        description: `Sends what is on the ${stream} stream to every open connection, a frame per batch`,
        environment: {
          CONNECTIONS_TABLE: connections.tableName,
          FRAMES_PER_SECOND: String(settings.webSocket.framesPerSecond),
          AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: api.stage.callbackUrl,
        } satisfies PushEnv,
        timeout: Duration.seconds(30),
        whenFailing: `The live view of the ${stream} stream stands still; no data is lost.`,
      });
      // A live view wants what is new, at once: no batching window, few retries, and what is older than a minute is left
      // out. What is given up is late, not lost: the lake has it, so it goes nowhere else. Nor is a failing batch split:
      // each piece would be pushed anew to every connection, while newer events wait.
      readStream(push, settings, {
        reader,
        startingPosition: StartingPosition.LATEST,
      });
      watchStreamReader(push, settings, 'The live view shows late events.');
      connections.grant(push, 'dynamodb:Scan', 'dynamodb:DeleteItem');
      api.grantPost(push);
      grantLedger(push, settings, lake, 'ws-consumer');
    }

    signingKey.grantRead(authorize);
    usedTokens.grant(authorize, 'dynamodb:PutItem');
    connections.grant(sockets, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');

    explain(signingKey, 'AwsSolutions-SMG4', 'Tokens live 60 s; the key is rotated by hand, by replacing its value.');

    publish(this, settings, 'webSocketUrl', api.stage.url);
    publish(this, settings, 'socketKeyArn', signingKey.secretArn);
    new CfnOutput(this, 'WebSocketApiEndpoint', { value: api.stage.url, description: 'Where the live page connects' });
  }

  /** Rows that go by themselves: DynamoDB removes them some time after `expiresAt`, so readers check it as well. */
  private expiringTable(id: string, key: string, settings: Settings): TableV2 {
    return new TableV2(this, id, {
      partitionKey: { name: key, type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: removalPolicy(settings),
    });
  }
}
