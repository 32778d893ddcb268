import { Fn } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { KafkaAccess } from './access.ts';

/**
 * The ARN of a topic or consumer group of a cluster, whose own is `arn:…:cluster/<name>/<uuid>`
 * (docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html).
 */
const arnOf = (clusterArn: string, kind: 'topic' | 'group', name: string): string => {
  const parts = Fn.split(':cluster/', clusterArn);
  return `${Fn.select(0, parts)}:${kind}/${Fn.select(1, parts)}/${name}`;
};

/** Lets a role do these things with one topic: `kafka-cluster:<action>` where IAM decides, else read the secret. */
export const grantTopic = (role: Role, access: KafkaAccess, topic: string, ...actions: readonly string[]): void => {
  const { clusterArn, secretArn } = access;
  if (secretArn)
    role.addToPolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] }));
  if (!clusterArn) return;
  role.addToPolicy(new PolicyStatement({ actions: ['kafka-cluster:Connect'], resources: [clusterArn] }));
  role.addToPolicy(
    new PolicyStatement({
      actions: ['DescribeTopic', ...actions].map((action) => `kafka-cluster:${action}`),
      resources: [arnOf(clusterArn, 'topic', topic)],
    }),
  );
};

/** Lets a role put records onto a topic. Its producers are not idempotent: that would be a right on the whole cluster. */
export const grantWrite = (role: Role, access: KafkaAccess, topic: string): void =>
  grantTopic(role, access, topic, 'WriteData');

/**
 * Lets the pollers of an event source mapping, which act in the function's role, read a topic as one consumer group
 * (docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html, with-msk-permissions.html).
 */
export const grantRead = (role: Role, access: KafkaAccess, topic: string, group: string): void => {
  grantTopic(role, access, topic, 'ReadData');
  const { clusterArn } = access;
  if (!clusterArn) return;
  role.addToPolicy(
    new PolicyStatement({
      actions: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
      resources: [arnOf(clusterArn, 'group', group)],
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      actions: [
        'kafka-cluster:DescribeClusterDynamicConfiguration',
        'kafka:DescribeClusterV2',
        'kafka:GetBootstrapBrokers',
      ],
      resources: [clusterArn],
    }),
  );
};
