import { join } from 'node:path';
import { openAthena } from '../athena/athena.ts';
import type { Operations } from '../aws/json-service.ts';
import type { AwsService } from '../aws/service.ts';
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
import { type Front, openFront } from '../front/front.ts';
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
import { athenaResources } from '../athena/resource.ts';
import { cloudWatchResources } from '../cloudwatch/resource.ts';
import { dynamoDbResources } from '../dynamodb/resource.ts';
import { eventSourceResources } from '../event-source/resource.ts';
import { firehoseResources } from '../firehose/resource.ts';
import { glueResources } from '../glue/resource.ts';
import { kafkaResources } from '../kafka/resource.ts';
import { kinesisResources } from '../kinesis/resource.ts';
import { lambdaResources } from '../lambda/resource.ts';
import { logsResources } from '../logs/resource.ts';
import { messageResources } from '../messages/resource.ts';
import { s3Resources } from '../s3/resource.ts';
import { schedulerResources } from '../scheduler/resource.ts';
import { secretsResources } from '../secrets/resource.ts';
import { ssmResources } from '../ssm/resource.ts';
import { cloudFormationService } from '../cloudformation/service.ts';
import { openWebSockets } from '../websocket/websockets.ts';
import { type EngineList, engineList } from './engine.ts';

export interface EngineOptions {
  /** The state folder. */
  readonly dir: string;
  /** Pages that may open WebSockets, such as `http://127.0.0.1:4200`. @default none */
  readonly origins?: readonly string[] | undefined;
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

/**
 * Opens every engine on its part of the state folder, and the one endpoint before them. What is open already is closed
 * again when one fails to.
 */
export const openEngines = async (options: EngineOptions) => {
  const list = engineList();
  try {
    return { ...(await openAll(options, list)), list };
  } catch (error) {
    await list.close();
    throw error;
  }
};
export type Engines = Awaited<ReturnType<typeof openEngines>>;

/** How long the functions that read streams have for what is under way when the platform ends. */
const lastCallsMs = 2_500;

/** Each `list.add` is a service or more: what it answers, what it builds, and how it ends. */
const openAll = async (
  { dir, awsPort, stacks, report, faults = noFaults, kafka, origins = [] }: EngineOptions,
  list: EngineList,
) => {
  if (kafka) list.add({ resourceKinds: () => kafkaResources(kafka), close: () => kafka.close() });
  const logs = openLogs({ dir: join(dir, 'logs'), report });
  const log = (line: string): void => logs.write('/acme/platform', 'platform', line);
  list.add({
    services: { logs: logsService(logs) },
    resourceKinds: () => logsResources(logs),
    close: () => logs.close(),
  });

  const cloudWatch: CloudWatch = openCloudWatch({
    log,
    report,
    gauges: (metrics) => measureLevels(metrics, firehose, eventSources, Date.now()),
    publish: (topicArn, message) => messages.publish(topicArn, message),
  });
  const { metrics } = cloudWatch;

  const dynamoDbRequests = openDynamoDbRequests(metrics);
  const dynamoDb = await openDynamoDb({ dir, report, measure: dynamoDbRequests.measure });
  list.add({
    services: { dynamodb: dynamoDb.service },
    resourceKinds: () => dynamoDbResources(dynamoDb),
    close: () => dynamoDb.close(),
  });

  const messages = await openMessages({ dir, port: awsPort });
  list.add({
    services: { sns: messages.service, sqs: messages.service },
    resourceKinds: () => messageResources(messages),
    close: () => messages.close(),
  });

  const kinesis = await openKinesis({ dir: join(dir, 'kinesis'), fsync: 'each' });
  const kinesisCalls = (operations: Operations): Operations =>
    countedKinesisCalls(faults.puts(kinesis, operations), metrics, Date.now);
  list.add({
    services: { kinesis: kinesisService(kinesis, Date.now, kinesisCalls) },
    resourceKinds: () => kinesisResources(kinesis),
    close: () => kinesis.close(),
  });

  const s3 = await openS3({ dir, report });
  const s3Requests = openS3Requests(metrics);
  list.add({ services: { s3: s3.service }, resourceKinds: () => s3Resources(s3, s3Requests) });
  const secrets = await openSecrets(dir);
  list.add({ services: { secretsmanager: secretsService(secrets) }, resourceKinds: () => secretsResources(secrets) });
  const parameters = await openParameters(dir);
  list.add({ services: { ssm: ssmService(parameters) }, resourceKinds: () => ssmResources(parameters) });
  const glue = await openGlue({ dir });
  list.add({ services: { glue: glue.service }, resourceKinds: () => glueResources(glue) });
  list.add({ services: { sts: stsService() } });
  list.add({ services: { cloudformation: cloudFormationService(stacks) } });

  // The endpoint closes before the stores that it leads to, and after what sends to it.
  const opened: Front[] = [];
  list.add({ close: () => opened[0]?.close() });
  const athena = await openAthena({ dir, s3, report });
  list.add({
    services: { athena: athena.service },
    resourceKinds: () => athenaResources(athena),
    close: () => athena.close(),
  });

  const firehose = openFirehose({
    dir,
    s3: faults.destination(s3),
    log,
    around: (operations) => countedFirehoseCalls(faults.batches(operations), metrics),
  });
  list.add({
    services: { firehose: firehose.service },
    resourceKinds: () => firehoseResources(firehose),
    drain: () => firehose.flush(),
    close: () => firehose.stop(),
  });

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
  list.add({
    services: { lambda: lambdaService(functions, () => eventSources.describe()) },
    resourceKinds: (assetFolder) => lambdaResources(functions, { assetFolder }),
    start: () => functions.start(),
    close: () => functions.stop(),
  });
  const webSockets = openWebSockets({ functions, origins, report });
  list.add({
    services: { 'execute-api': webSockets.service },
    resourceKinds: () => webSockets.resources(),
    close: () => webSockets.stop(),
  });

  const eventSources = openEventSources({
    dir: join(dir, 'event-sources'),
    kinesis,
    functions: faults.deliveries(functions),
    log,
    report,
    destinationOf: failureDestinations(faults.destination(s3), messages),
    delivered: deliveryMetrics(metrics, Date.now),
    credentialsOf: loginFrom(secrets),
  });
  list.add({
    resourceKinds: () => eventSourceResources(eventSources),
    start: async () => {
      eventSources.start();
      // What nobody has read is not forgotten: trimming begins behind the readers.
      await kinesis.startTrimming();
      void kafka?.startTrimming((topic) => eventSources.groupsOf(topic));
    },
    drain: () => eventSources.drained(),
    close: () => eventSources.stop(lastCallsMs),
  });

  const scheduler = openScheduler({ dir: join(dir, 'scheduler'), functions, log });
  list.add({ resourceKinds: () => schedulerResources(scheduler), close: () => scheduler.stop() });
  list.add({
    services: { monitoring: cloudWatch.service },
    resourceKinds: () => cloudWatchResources(cloudWatch),
    start: () => cloudWatch.start(),
    close: () => cloudWatch.stop(),
  });

  const services = faults.services(list.services());
  const front = await openFront({
    port: awsPort,
    origins: [],
    upgrade: (request, socket, head) => webSockets.upgrade(request, socket, head),
    services: {
      ...services,
      dynamodb: dynamoDbRequests.counted(services['dynamodb'] as AwsService),
      s3: s3Requests.counted(services['s3'] as AwsService),
    },
  });
  opened.push(front);
  return {
    cloudWatch,
    logs,
    functions,
    webSockets,
    kafka,
    kinesis,
    s3,
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
