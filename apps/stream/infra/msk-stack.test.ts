import { testApp } from '@acme/cdk-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { KafkaTopicsStack } from './kafka-topics-stack.ts';
import { MskStack } from './msk-stack.ts';

const synthesised = (stage = 'dev') => {
  const { app, settings } = testApp(stage, { transport: 'kafka' });
  return Template.fromStack(new MskStack(app, 'Msk', { settings, env: { region: settings.region } }));
};

describe('MskStack', () => {
  const template = synthesised();

  it('has three brokers of a current Kafka without ZooKeeper, reached by TLS with IAM and by nothing else', () => {
    template.hasResourceProperties('AWS::MSK::Cluster', {
      KafkaVersion: '4.1.x.kraft',
      NumberOfBrokerNodes: 3,
      ClientAuthentication: {
        Sasl: { Iam: { Enabled: true }, Scram: Match.absent() },
        Unauthenticated: { Enabled: false },
      },
      EncryptionInfo: {
        EncryptionAtRest: { DataVolumeKMSKeyId: Match.anyValue() },
        EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true },
      },
      BrokerNodeGroupInfo: { ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } } },
      LoggingInfo: { BrokerLogs: { CloudWatchLogs: { Enabled: true } } },
    });
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });

  it('makes no topic that nobody named, and loses no write with one broker', () => {
    template.hasResourceProperties('AWS::MSK::Configuration', {
      KafkaVersionsList: ['4.1.x.kraft'],
      ServerProperties: [
        'auto.create.topics.enable=false',
        'default.replication.factor=3',
        'min.insync.replicas=2',
        'unclean.leader.election.enable=false',
      ].join('\n'),
    });
  });

  it('has the two topics as code: kept for 24 hours, three copies, stamped by the brokers', () => {
    for (const Topic of ['acme-telemetry-stream', 'real-time-analytics-stream']) {
      template.hasResourceProperties('Custom::KafkaTopic', {
        Topic,
        Partitions: 6,
        ReplicationFactor: 3,
        Config: {
          'cleanup.policy': 'delete',
          'retention.ms': '86400000',
          'min.insync.replicas': '2',
          'message.timestamp.type': 'LogAppendTime',
        },
      });
    }
  });

  it('lets the function that makes topics do that with these two, delete them only where data may go, and no more', () => {
    const actionsIn = (stage: string) => {
      const policies = Object.values(synthesised(stage).findResources('AWS::IAM::Policy'));
      const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
      const about = (resource: RegExp) =>
        statements
          .filter(({ Resource }) => resource.test(JSON.stringify(Resource)))
          .flatMap(({ Action }) => Action)
          .filter((action: string) => action.startsWith('kafka'))
          .sort();
      return { topics: about(/:topic\//), cluster: about(/^\{"Fn::GetAtt":\["Brokers","Arn"\]\}$/), all: about(/\*/) };
    };
    const withoutDelete = [
      'kafka-cluster:AlterTopic',
      'kafka-cluster:AlterTopicDynamicConfiguration',
      'kafka-cluster:CreateTopic',
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:DescribeTopicDynamicConfiguration',
    ];
    const cluster = ['kafka-cluster:Connect', 'kafka:GetBootstrapBrokers'];
    expect(actionsIn('prod')).toEqual({ topics: withoutDelete, cluster, all: [] });
    expect(actionsIn('dev')).toEqual({
      topics: [...withoutDelete, 'kafka-cluster:DeleteTopic'].sort(),
      cluster,
      all: [],
    });
  });

  it('keeps brokers, key and topics in a stage that keeps data, and only there', () => {
    const policies = (stage: string) =>
      ['AWS::MSK::Cluster', 'AWS::KMS::Key', 'Custom::KafkaTopic'].flatMap((type) =>
        Object.values(synthesised(stage).findResources(type)).map(({ DeletionPolicy }) => DeletionPolicy),
      );
    expect(policies('prod')).toEqual(['Retain', 'Retain', 'Retain', 'Retain']);
    expect(policies('dev')).toEqual(['Delete', 'Delete', 'Delete', 'Delete']);
  });

  it('says who is hurt when partitions are without a leader or without copies, or a disk is full', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    for (const metric of ['OfflinePartitionsCount', 'UnderReplicatedPartitions', 'KafkaDataLogsDiskUsed']) {
      const [alarm] = alarms.filter((each) => JSON.stringify(each).includes(`"${metric}"`));
      expect(alarm).toMatchObject({
        AlarmDescription: expect.stringMatching(/producer/),
        TreatMissingData: 'breaching',
      });
    }
  });

  it('publishes where the brokers are, prints it, and looks up nothing of its own', () => {
    const names = Object.values(template.findResources('AWS::SSM::Parameter')).map(({ Properties }) => Properties.Name);
    expect(names.sort()).toEqual(['/acme/dev/stream/kafka-bootstrap-servers', '/acme/dev/stream/kafka-cluster-arn']);
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual(['BootstrapServers', 'MskClusterArn']);
    const read = Object.values(template.findParameters('*')).map(({ Default }) => Default);
    expect(read.filter((name) => names.includes(name))).toEqual([]);
  });
});

describe('KafkaTopicsStack', () => {
  it('has topics and the function that makes them, and neither network nor brokers', () => {
    const { app, settings } = testApp('local', { transport: 'kafka' });
    const template = Template.fromStack(new KafkaTopicsStack(app, 'Topics', { settings }));
    template.resourceCountIs('Custom::KafkaTopic', 2);
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: Match.absent(),
      Environment: { Variables: Match.objectLike({ KAFKA_AUTH: 'none' }) },
    });
    expect(Object.keys(template.findResources('AWS::MSK::Cluster'))).toEqual([]);
  });

  it('publishes the brokers that the stage names, and enters their network with their secret', () => {
    const { app, settings } = testApp('dev', { transport: 'kafka' });
    const secretArn = 'arn:aws:secretsmanager:us-west-2:000000000000:secret:AmazonMSK_acme';
    const selfManaged = {
      bootstrapServers: ['kafka-1.example.org:9096', 'kafka-2.example.org:9096'],
      auth: 'scram' as const,
      secretArn,
      network: {
        vpcId: 'vpc-0123456789abcdef0',
        subnetIds: ['subnet-0123456789abcdef0'],
        zones: ['us-west-2a'],
        securityGroupId: 'sg-0123456789abcdef0',
      },
    };
    const kafka = { ...settings.kafka, selfManaged };
    const template = Template.fromStack(
      new KafkaTopicsStack(app, 'Topics', { settings: { ...settings, kafka }, env: { region: settings.region } }),
    );
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/acme/dev/stream/kafka-bootstrap-servers',
      Value: 'kafka-1.example.org:9096,kafka-2.example.org:9096',
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: { SubnetIds: ['subnet-0123456789abcdef0'], SecurityGroupIds: ['sg-0123456789abcdef0'] },
      Environment: { Variables: Match.objectLike({ KAFKA_AUTH: 'scram', KAFKA_SECRET_ARN: secretArn }) },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{ Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: secretArn }]),
      },
    });
  });
});
