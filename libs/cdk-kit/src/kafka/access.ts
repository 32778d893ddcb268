import { Fn, Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { lookUp } from '../contract.ts';
import { explain } from '../explain.ts';
import type { FunctionNetwork } from '../service-function.ts';
import type { Settings } from '../settings.ts';

/** How this stage's functions and mappings reach Kafka. */
export interface KafkaAccess {
  /** Comma-separated `host:port`. */
  readonly bootstrapServers: string;
  readonly auth: 'iam' | 'scram' | 'none';
  /** For scram. */
  readonly secretArn?: string | undefined;
  readonly tls?: boolean | undefined;
  /** MSK's. */
  readonly clusterArn?: string;
  readonly network?: FunctionNetwork | undefined;
}

/**
 * MSK as the stream's stacks publish it, or the brokers that the stage names.
 *
 * @param own what the calling stack has itself, and so must not look up
 */
export const kafkaAccess = (
  scope: Construct,
  settings: Settings,
  own: Partial<Pick<KafkaAccess, 'bootstrapServers' | 'clusterArn'>> = {},
): KafkaAccess => {
  const { selfManaged, network } = settings.kafka;
  const bootstrapServers = own.bootstrapServers ?? lookUp(scope, settings, 'kafkaBootstrapServers');
  if (selfManaged) {
    const { auth, secretArn, tls, network: theirs } = selfManaged;
    return {
      bootstrapServers,
      auth,
      secretArn,
      tls,
      network: theirs && networkOf(scope, { ...theirs, clients: theirs.securityGroupId }),
    };
  }
  const list = (key: 'vpcZones' | 'privateSubnetIds'): string[] =>
    Fn.split(',', lookUp(scope, settings, key), network.zones.length);
  return {
    bootstrapServers,
    auth: 'iam',
    clusterArn: own.clusterArn ?? lookUp(scope, settings, 'kafkaClusterArn'),
    network: networkOf(scope, {
      vpcId: lookUp(scope, settings, 'vpcId'),
      zones: list('vpcZones'),
      subnetIds: list('privateSubnetIds'),
      clients: lookUp(scope, settings, 'kafkaClientsGroupId'),
    }),
  };
};

/** A network by its published names: nothing is looked up while it synthesises. Several functions of a stack share it. */
const networkOf = (
  scope: Construct,
  names: {
    readonly vpcId: string;
    readonly zones: string[];
    readonly subnetIds: string[];
    readonly clients: string;
  },
): FunctionNetwork => {
  const known = networks.get(scope);
  if (known) return known;
  const vpc = Vpc.fromVpcAttributes(scope, 'Network', {
    vpcId: names.vpcId,
    region: Stack.of(scope).region,
    availabilityZones: names.zones,
    privateSubnetIds: names.subnetIds,
  });
  for (const subnet of vpc.privateSubnets) {
    explain(
      subnet,
      'Annotation::@aws-cdk/aws-ec2:noSubnetRouteTableId',
      'Routes are the network stack’s own business.',
    );
  }
  explain(
    Stack.of(scope),
    'CloudFormation-Validate::W2001',
    'CDK wants to know the whole network; a function refers to its subnets and security group only.',
  );
  const made = {
    vpc,
    securityGroups: [SecurityGroup.fromSecurityGroupId(scope, 'KafkaClients', names.clients, { mutable: false })],
  };
  networks.set(scope, made);
  return made;
};

const networks = new WeakMap<Construct, FunctionNetwork>();

/** How a function proves to the brokers who it is, as its environment says it (lambda-kit's KafkaAuth). */
export const kafkaAuthEnv = ({ auth, secretArn, tls }: KafkaAccess) => ({
  KAFKA_AUTH: auth,
  ...(secretArn === undefined ? {} : { KAFKA_SECRET_ARN: secretArn }),
  ...(tls === undefined ? {} : { KAFKA_TLS: String(tls) }),
});
