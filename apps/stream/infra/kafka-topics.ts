import {
  grantTopic,
  type KafkaAccess,
  kafkaAuthEnv,
  removalPolicy,
  ServiceFunction,
  type Settings,
  type StreamName,
  topicOf,
} from '@acme/cdk-kit';
import type { EnvOf } from '@acme/lambda-kit';
import { CustomResource, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Env } from '../src/topics/env.ts';
import { topicConfig } from './topic-config.ts';

const topics: readonly StreamName[] = ['telemetry', 'clickstream'];

/**
 * Topics as code: a `Custom::KafkaTopic` each, made and altered by a function. It never lowers the number of partitions,
 * and deletes a topic only with its stack, in a stage that keeps no data.
 */
export const kafkaTopics = (scope: Construct, settings: Settings, access: KafkaAccess): void => {
  const apply = new ServiceFunction(scope, 'Topics', {
    settings,
    bundle: 'stream/topics',
    description: 'Makes and alters Kafka topics while their stack deploys',
    whenFailing: 'A topic could not be made or altered: the deploy of its stack fails and says why.',
    timeout: Duration.minutes(5),
    network: access.network,
    environment: kafkaAuthEnv(access) satisfies EnvOf<typeof Env>,
  });
  for (const stream of topics) {
    const topic = topicOf(settings, stream);
    grantTopic(
      apply.role,
      access,
      topic,
      'CreateTopic',
      'AlterTopic',
      'DescribeTopicDynamicConfiguration',
      'AlterTopicDynamicConfiguration',
      ...(settings.keepsData ? [] : ['DeleteTopic']),
    );
    const made = new CustomResource(scope, `${stream.charAt(0).toUpperCase()}${stream.slice(1)}Topic`, {
      resourceType: 'Custom::KafkaTopic',
      serviceToken: apply.functionArn,
      serviceTimeout: Duration.minutes(10),
      removalPolicy: removalPolicy(settings),
      properties: {
        BootstrapServers: access.bootstrapServers,
        Topic: topic,
        Partitions: settings.kafka.partitions,
        ReplicationFactor: settings.kafka.replicationFactor,
        Config: topicConfig(settings),
      },
    });
    made.node.addDependency(apply.role);
  }
};
