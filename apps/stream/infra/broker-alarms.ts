import { notify, type Settings } from '@acme/cdk-kit';
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';

const period = Duration.minutes(5);

/** Who is hurt when brokers fail: names of metrics as in the Amazon MSK developer guide, level DEFAULT. */
export const brokerAlarms = (scope: Construct, settings: Settings, { clusterName }: CfnCluster): void => {
  const { brokers } = settings.kafka.cluster;
  const ofCluster = (metricName: string, dimensions = {}): Metric =>
    new Metric({
      namespace: 'AWS/Kafka',
      metricName,
      dimensionsMap: { 'Cluster Name': clusterName, ...dimensions },
      statistic: 'Maximum',
      period,
    });
  const worstBroker = (metricName: string): MathExpression => {
    const each = Array.from({ length: brokers }, (_, index) => index + 1);
    return new MathExpression({
      label: `${metricName}, the worst broker`,
      expression: `MAX([${each.map((id) => `b${id}`).join(', ')}])`,
      usingMetrics: Object.fromEntries(
        each.map((id) => [`b${id}`, ofCluster(metricName, { 'Broker ID': String(id) })]),
      ),
      period,
    });
  };
  const alarm = (
    id: string,
    metric: IMetric,
    above: number,
    evaluationPeriods: number,
    alarmDescription: string,
  ): void =>
    notify(
      new Alarm(scope, id, {
        alarmDescription,
        metric,
        threshold: above,
        evaluationPeriods,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.BREACHING, // brokers that say nothing are down
      }),
      settings,
    );
  alarm(
    'PartitionsOffline',
    ofCluster('OfflinePartitionsCount'),
    0,
    1,
    'Partitions have no leader: events of their customers wait at the producer and its senders, and consumers stand still.',
  );
  alarm(
    'PartitionsUnderReplicated',
    worstBroker('UnderReplicatedPartitions'),
    0,
    6,
    'For half an hour brokers have not held all copies: one more failure, and producers are refused. Patching takes less.',
  );
  alarm(
    'DiskFull',
    worstBroker('KafkaDataLogsDiskUsed'),
    85,
    1,
    'A broker’s disk is over 85 % full: at 100 % it stops, and producers with it. Raise kafka.cluster.storageGiB, or keep less.',
  );
};
