import { athenaResources } from '../athena/resource.ts';
import type { ResourceKinds } from '../assembly/resource-kind.ts';
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
import type { Engines } from './engines.ts';

/** Every CloudFormation type that runs on the laptop, each on its engine. */
export const kindsOf = (engines: Engines, assetFolder: (s3Key: string) => string): ResourceKinds => ({
  ...athenaResources(engines.athena),
  ...cloudWatchResources(engines.cloudWatch),
  ...dynamoDbResources(engines.dynamoDb),
  ...eventSourceResources(engines.eventSources),
  ...firehoseResources(engines.firehose),
  ...glueResources(engines.glue),
  ...(engines.kafka ? kafkaResources(engines.kafka) : {}),
  ...kinesisResources(engines.kinesis),
  ...lambdaResources(engines.functions, { assetFolder }),
  ...logsResources(engines.logs),
  ...messageResources(engines.messages),
  ...s3Resources(engines.s3, engines.s3Requests),
  ...schedulerResources(engines.scheduler),
  ...secretsResources(engines.secrets),
  ...ssmResources(engines.parameters),
  ...engines.webSockets.resources(),
});
