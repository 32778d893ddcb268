import { join } from 'node:path';
import { openAthena } from '../athena/athena.ts';
import { region } from '../aws/identity.ts';
import type { BuiltStack } from '../assembly/build-stack.ts';
import { type CloudWatch, openCloudWatch } from '../cloudwatch/cloudwatch.ts';
import { deliveryMetrics } from '../cloudwatch/sources/deliveries.ts';
import { dynamoDbRequests as openDynamoDbRequests } from '../cloudwatch/sources/dynamodb-requests.ts';
import { countedFirehoseCalls } from '../cloudwatch/sources/firehose-calls.ts';
import { invocationMetrics } from '../cloudwatch/sources/invocations.ts';
import { countedKinesisCalls } from '../cloudwatch/sources/kinesis-calls.ts';
import { measureLevels } from '../cloudwatch/sources/levels.ts';
import { s3Requests as openS3Requests } from '../cloudwatch/sources/s3-requests.ts';
import { openDynamoDb } from '../dynamodb/dynamodb.ts';
import { openEventSources } from '../event-source/event-sources.ts';
import { failureDestinations } from '../event-source/failure-destination.ts';
import { loginFrom } from '../event-source/kafka/login.ts';
import { type Faults, noFaults } from '../faults/faults.ts';
import { openFirehose } from '../firehose/firehose.ts';
import { openFront } from '../front/front.ts';
import { openGlue } from '../glue/glue.ts';
import { kinesisService } from '../kinesis/api/service.ts';
import type { Kafka } from '../kafka/kafka.ts';
import { openKinesis } from '../kinesis/kinesis.ts';
import { startEnvironment } from '../lambda/execution-environment.ts';
import { openFunctions } from '../lambda/open-functions.ts';
import { lambdaService } from '../lambda/service.ts';
import { openLogs } from '../logs/open-logs.ts';
import { logsService } from '../logs/service.ts';
import { openMessages } from '../messages/messages.ts';
import { openS3 } from '../s3/s3.ts';
import { openScheduler } from '../scheduler/open-scheduler.ts';
import { openSecrets } from '../secrets/secrets.ts';
import { secretsService } from '../secrets/service.ts';
import { openParameters } from '../ssm/parameters.ts';
import { ssmService } from '../ssm/service.ts';
import { stsService } from '../sts/service.ts';
import { cloudFormationService } from '../cloudformation/service.ts';
import { openWebSockets } from '../websocket/websockets.ts';

export interface EngineOptions {
  /** The state folder. */
  readonly dir: string;
  /** Of the dashboard: its page may open WebSockets. */
  readonly port: number;
  readonly awsPort: number;
  /** Asked at each request, so that it may be served before they are built. */
  readonly stacks: () => readonly BuiltStack[];
  /** Tells the person at the laptop of trouble. */
  readonly report: (line: string) => void;
  /** @default none */
  readonly faults?: Faults | undefined;
  /** The brokers, where the transport is Kafka. */
  readonly kafka?: Kafka | undefined;
}

/** What every function finds in its environment, so that plain AWS clients reach the laptop. */
const clientEnvironment = (awsPort: number): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: `http://127.0.0.1:${awsPort}`,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
});

/** Opens every engine on its part of the state folder, and the one endpoint before them. */
export const openEngines = async ({ dir, port, awsPort, stacks, report, faults = noFaults, kafka }: EngineOptions) => {
  const logs = openLogs({ dir: join(dir, 'logs'), report });
  const log = (line: string): void => logs.write('/acme/platform', 'platform', line);
  const cloudWatch: CloudWatch = openCloudWatch({
    log,
    report,
    gauges: (metrics) => measureLevels(metrics, firehose, eventSources, Date.now()),
    publish: (topicArn, message) => messages.publish(topicArn, message),
  });
  const { metrics } = cloudWatch;
  const s3Requests = openS3Requests(metrics);
  const dynamoDbRequests = openDynamoDbRequests(metrics);
  const functions = openFunctions({
    logs: {
      write: (group, stream, line) => {
        logs.write(group, stream, line);
        cloudWatch.lines.take(group, line);
      },
    },
    measures: invocationMetrics(metrics),
    baseEnvironment: clientEnvironment(awsPort),
    dir: join(dir, 'lambda'),
    startEnvironment: faults.environments(startEnvironment),
  });
  const webSockets = openWebSockets({
    functions,
    origins: [`http://127.0.0.1:${port}`, `http://localhost:${port}`],
    report,
  });
  const [kinesis, s3, dynamoDb, secrets, parameters, glue, messages] = await Promise.all([
    openKinesis({ dir: join(dir, 'kinesis'), fsync: 'each' }),
    openS3({ dir, report }),
    openDynamoDb({ dir, report, measure: dynamoDbRequests.measure }),
    openSecrets(dir),
    openParameters(dir),
    openGlue({ dir }),
    openMessages({ dir, port: awsPort }),
  ]);
  const athena = await openAthena({ dir, s3, report });
  const firehose = openFirehose({
    dir,
    s3: faults.destination(s3),
    log,
    around: (operations) => countedFirehoseCalls(faults.batches(operations), metrics),
  });
  const destinationOf = failureDestinations(faults.destination(s3), messages);
  const eventSources = openEventSources({
    dir: join(dir, 'event-sources'),
    kinesis,
    functions: faults.deliveries(functions),
    log,
    report,
    destinationOf,
    delivered: deliveryMetrics(metrics, Date.now),
    credentialsOf: loginFrom(secrets),
  });
  const scheduler = openScheduler({ dir: join(dir, 'scheduler'), functions, log });
  const services = faults.services({
    athena: athena.service,
    cloudformation: cloudFormationService(stacks),
    dynamodb: dynamoDb.service,
    'execute-api': webSockets.service,
    firehose: firehose.service,
    glue: glue.service,
    kinesis: kinesisService(kinesis, Date.now, (operations) =>
      countedKinesisCalls(faults.puts(kinesis, operations), metrics, Date.now),
    ),
    lambda: lambdaService(functions, () => eventSources.describe()),
    logs: logsService(logs),
    monitoring: cloudWatch.service,
    s3: s3.service,
    secretsmanager: secretsService(secrets),
    sns: messages.service,
    sqs: messages.service,
    ssm: ssmService(parameters),
    sts: stsService(),
  });
  const front = await openFront({
    port: awsPort,
    origins: [],
    upgrade: (request, socket, head) => webSockets.upgrade(request, socket, head),
    services: {
      ...services,
      dynamodb: dynamoDbRequests.counted(services.dynamodb),
      s3: s3Requests.counted(services.s3),
    },
  });
  return {
    cloudWatch,
    logs,
    functions,
    webSockets,
    kafka,
    kinesis,
    s3,
    s3Requests,
    dynamoDb,
    secrets,
    parameters,
    glue,
    athena,
    messages,
    firehose,
    eventSources,
    scheduler,
    front,
  };
};

export type Engines = Awaited<ReturnType<typeof openEngines>>;
