import { kafkaAccess, publish, type Settings } from '@acme/cdk-kit';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import { brokerAlarms } from './broker-alarms.ts';
import { kafkaTopics } from './kafka-topics.ts';
import { mskCluster } from './msk-cluster.ts';
import { explainSdkCalls } from './sdk-calls.ts';

export interface MskStackProps extends StackProps {
  readonly settings: Settings;
}

/** Kafka on MSK, in the network of NetworkStack: brokers, topics, alarms. */
export class MskStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: MskStackProps) {
    super(scope, id, { description: 'Kafka on MSK: brokers and topics', ...props });
    const cluster = mskCluster(this, settings);
    const bootstrapServers = this.bootstrapServers(cluster.attrArn);
    kafkaTopics(this, settings, kafkaAccess(this, settings, { clusterArn: cluster.attrArn, bootstrapServers }));
    brokerAlarms(this, settings, cluster);

    publish(this, settings, 'kafkaClusterArn', cluster.attrArn);
    publish(this, settings, 'kafkaBootstrapServers', bootstrapServers);
    new CfnOutput(this, 'MskClusterArn', { value: cluster.attrArn, description: 'The Kafka cluster' });
    new CfnOutput(this, 'BootstrapServers', {
      value: bootstrapServers,
      description: 'Where clients with IAM authentication connect first',
    });
  }

  /** CloudFormation does not know where MSK's brokers listen; MSK says it, as soon as they do. */
  private bootstrapServers(clusterArn: string): string {
    const field = 'BootstrapBrokerStringSaslIam';
    const brokers = new AwsCustomResource(this, 'BootstrapBrokers', {
      onUpdate: {
        service: 'Kafka',
        action: 'getBootstrapBrokers',
        parameters: { ClusterArn: clusterArn },
        outputPaths: [field],
        physicalResourceId: PhysicalResourceId.of('bootstrap-brokers'),
      },
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({ actions: ['kafka:GetBootstrapBrokers'], resources: [clusterArn] }),
      ]),
      installLatestAwsSdk: false,
    });
    explainSdkCalls(brokers);
    return brokers.getResponseField(field);
  }
}
