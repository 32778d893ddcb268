import { Fn } from 'aws-cdk-lib';
import {
  EventSourceMapping,
  type EventSourceMappingOptions,
  type SourceAccessConfiguration,
  SourceAccessConfigurationType,
} from 'aws-cdk-lib/aws-lambda';
import { named } from '../names.ts';
import { letIntoVpc, type ServiceFunction } from '../service-function.ts';
import type { Settings } from '../settings.ts';
import { type KafkaAccess, kafkaAccess } from './access.ts';
import { grantRead } from './grants.ts';

/** The tries that Lambda makes when it is told to make as many as it likes and then has a place to give up to: ten. */
const asManyAsThereAre = 10_000;

/**
 * Has a function read a topic, as a consumer group of its own.
 *
 * In provisioned mode, always: without it Lambda takes partial batch responses, bisection, retry limits and on-failure
 * destinations for Kafka, and ignores them (docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html).
 * `retryAttempts` left out means without end, also with an `onFailure`, which alone would mean ten
 * (kafka-retry-configurations.html): the age of a record decides.
 */
export const readTopic = (
  reader: ServiceFunction,
  settings: Settings,
  topic: string,
  consumer: string,
  options: EventSourceMappingOptions,
  id = 'Topic',
): void => {
  const access = kafkaAccess(reader.stack, settings);
  const group = named(settings, `acme-${consumer}`);
  const { minimum, maximum } = settings.kafka.pollers;
  new EventSourceMapping(reader, id, {
    ...options,
    target: reader,
    ...(options.onFailure ? { retryAttempts: options.retryAttempts ?? asManyAsThereAre } : {}),
    ...sourceOf(access),
    kafkaTopic: topic,
    kafkaConsumerGroupId: group,
    provisionedPollerConfig: {
      minimumPollers: minimum,
      maximumPollers: Math.min(maximum, settings.kafka.partitions),
      // Mappings in one network share Event Poller Units, and so their price.
      ...(access.network ? { pollerGroupName: named(settings, 'acme-telemetry') } : {}),
    },
  });
  grantRead(reader.role, access, topic, group);
  if (access.network) letIntoVpc(reader.role, 'ec2:DescribeSecurityGroups', 'ec2:DescribeVpcs');
};

/** MSK is named by its ARN and brings its network along; other brokers by address, network and secret. */
const sourceOf = ({ clusterArn, bootstrapServers, network, secretArn }: KafkaAccess) => {
  if (clusterArn) return { eventSourceArn: clusterArn };
  const access: SourceAccessConfiguration[] = [
    ...(network?.vpc.privateSubnets ?? []).map(({ subnetId }) => ({
      type: SourceAccessConfigurationType.VPC_SUBNET,
      uri: `subnet:${subnetId}`,
    })),
    ...(network?.securityGroups ?? []).map(({ securityGroupId }) => ({
      type: SourceAccessConfigurationType.VPC_SECURITY_GROUP,
      uri: `security_group:${securityGroupId}`,
    })),
    ...(secretArn ? [{ type: SourceAccessConfigurationType.SASL_SCRAM_512_AUTH, uri: secretArn }] : []),
  ];
  return {
    kafkaBootstrapServers: Fn.split(',', bootstrapServers),
    ...(access.length > 0 ? { sourceAccessConfigurations: access } : {}),
  };
};
