import { named, removalPolicy, type Settings, lookUp } from '@acme/cdk-kit';
import { Fn } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnCluster, CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { insyncReplicas } from './topic-config.ts';

/** The brokers: KRaft, reached by TLS with IAM and by nothing else, encrypted at rest, their logs in CloudWatch. */
export const mskCluster = (scope: Construct, settings: Settings): CfnCluster => {
  const { cluster: size, replicationFactor, network } = settings.kafka;
  const clusterName = named(settings, 'acme-telemetry');
  const key = new Key(scope, 'DataKey', {
    description: 'Encrypts what the Kafka brokers keep',
    enableKeyRotation: true,
    removalPolicy: removalPolicy(settings),
  });
  const logs = new LogGroup(scope, 'BrokerLogs', {
    retention: settings.logRetentionDays,
    removalPolicy: removalPolicy(settings),
  });
  const configuration = new CfnConfiguration(scope, 'Configuration', {
    name: clusterName,
    description: 'Topics are made by name only, and nothing counts as written that fewer than two brokers have',
    kafkaVersionsList: [size.version],
    serverProperties: Object.entries({
      'auto.create.topics.enable': false,
      'default.replication.factor': replicationFactor,
      'min.insync.replicas': insyncReplicas(replicationFactor),
      'unclean.leader.election.enable': false,
    })
      .map(([property, value]) => `${property}=${value}`)
      .join('\n'),
  });
  const cluster = new CfnCluster(scope, 'Brokers', {
    clusterName,
    kafkaVersion: size.version,
    numberOfBrokerNodes: size.brokers,
    brokerNodeGroupInfo: {
      brokerAzDistribution: 'DEFAULT',
      clientSubnets: Fn.split(',', lookUp(scope, settings, 'privateSubnetIds'), network.zones.length),
      connectivityInfo: { publicAccess: { type: 'DISABLED' } },
      instanceType: size.instanceType,
      securityGroups: [lookUp(scope, settings, 'brokersGroupId')],
      storageInfo: { ebsStorageInfo: { volumeSize: size.storageGiB } },
    },
    clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
    configurationInfo: { arn: configuration.attrArn, revision: configuration.attrLatestRevisionRevision },
    encryptionInfo: {
      encryptionAtRest: { dataVolumeKmsKeyId: key.keyArn },
      encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
    },
    enhancedMonitoring: 'DEFAULT',
    loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: logs.logGroupName } } },
  });
  cluster.applyRemovalPolicy(removalPolicy(settings));
  return cluster;
};
