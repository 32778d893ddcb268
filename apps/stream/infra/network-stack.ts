import { named, publish, removalPolicy, type Settings } from '@acme/cdk-kit';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { s3PrefixList } from './s3-prefix-list.ts';

export interface NetworkStackProps extends StackProps {
  readonly settings: Settings;
}

/** Where MSK's brokers listen for clients with IAM authentication (Amazon MSK developer guide, port information). */
const iamPort = Port.tcp(9098);

/**
 * The network of Kafka: private subnets, and two security groups that let through the pairs named here and nothing
 * else. Brokers and functions reach nothing outside but S3, whatever the way out.
 */
export class NetworkStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: NetworkStackProps) {
    super(scope, id, { description: 'The private network of the Kafka brokers and their clients', ...props });
    const { cidr, zones, egress } = settings.kafka.network;
    const name = 'Private';
    const vpc = new Vpc(this, 'Network', {
      vpcName: named(settings, 'acme-telemetry'),
      ipAddresses: IpAddresses.cidr(cidr),
      availabilityZones: zones.map((zone) => `${settings.region}${zone}`),
      ...(egress === 'nat'
        ? {
            natGateways: 1,
            subnetConfiguration: [
              { name, subnetType: SubnetType.PRIVATE_WITH_EGRESS },
              { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 28, mapPublicIpOnLaunch: false },
            ],
          }
        : { natGateways: 0, subnetConfiguration: [{ name, subnetType: SubnetType.PRIVATE_ISOLATED }] }),
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
      flowLogs: {
        All: {
          destination: FlowLogDestination.toCloudWatchLogs(
            new LogGroup(this, 'FlowLogs', {
              retention: settings.logRetentionDays,
              removalPolicy: removalPolicy(settings),
            }),
          ),
        },
      },
    });
    const { subnetIds } = vpc.selectSubnets({ subnetGroupName: name });

    const group = (what: string, description: string): SecurityGroup =>
      new SecurityGroup(this, what, { vpc, description, allowAllOutbound: false });
    const brokers = group('Brokers', 'The brokers of Kafka');
    const clients = group('KafkaClients', 'Functions that talk to the brokers of Kafka');
    clients.connections.allowTo(brokers, iamPort, 'Functions put events onto topics, and make topics');
    // Lambda gives the pollers of an event source mapping the group of the cluster.
    brokers.connections.allowInternally(iamPort, 'Pollers of event source mappings read topics');
    clients.addEgressRule(
      Peer.prefixList(s3PrefixList(this)),
      Port.tcp(443),
      'Quarantine, ledger, and the answer to CloudFormation lie in S3',
    );

    publish(this, settings, 'vpcId', vpc.vpcId);
    publish(this, settings, 'vpcZones', vpc.availabilityZones.join(','));
    publish(this, settings, 'privateSubnetIds', subnetIds.join(','));
    publish(this, settings, 'kafkaClientsGroupId', clients.securityGroupId);
    publish(this, settings, 'brokersGroupId', brokers.securityGroupId);
    new CfnOutput(this, 'VpcId', { value: vpc.vpcId, description: 'The network of the Kafka brokers' });
  }
}
