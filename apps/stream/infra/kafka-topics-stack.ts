import { kafkaAccess, publish, type Settings } from '@acme/cdk-kit';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { kafkaTopics } from './kafka-topics.ts';

export interface KafkaTopicsStackProps extends StackProps {
  readonly settings: Settings;
}

/** The topics on brokers that are not ours to run: the laptop's, or those that the stage names. */
export class KafkaTopicsStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: KafkaTopicsStackProps) {
    super(scope, id, { description: 'Topics of viewing telemetry and clickstream', ...props });
    const servers = settings.kafka.selfManaged?.bootstrapServers?.join(',');
    if (servers !== undefined) publish(this, settings, 'kafkaBootstrapServers', servers);
    kafkaTopics(
      this,
      settings,
      kafkaAccess(this, settings, servers === undefined ? {} : { bootstrapServers: servers }),
    );
  }
}
