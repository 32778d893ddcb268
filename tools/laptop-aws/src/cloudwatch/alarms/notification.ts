import { account, region } from '../../aws/identity.ts';
import type { Transition } from './alarms.ts';
import { periodOf } from './definition.ts';

/** What CloudWatch publishes to an SNS topic when an alarm changes its state, as JSON. */
export const notification = ({ alarm, before }: Transition): string => {
  const { definition } = alarm;
  return JSON.stringify({
    AlarmName: alarm.name,
    AlarmDescription: definition.AlarmDescription ?? null,
    AWSAccountId: account,
    NewStateValue: alarm.state,
    NewStateReason: alarm.reason,
    StateChangeTime: new Date(alarm.stateMs).toISOString().replace('Z', '+0000'),
    Region: region,
    AlarmArn: alarm.arn,
    OldStateValue: before.state,
    Trigger: {
      MetricName: definition.MetricName,
      Namespace: definition.Namespace,
      Statistic: definition.Statistic?.toUpperCase(),
      ExtendedStatistic: definition.ExtendedStatistic,
      Dimensions: definition.Dimensions.map(({ Name: name, Value: value }) => ({ name, value })),
      Metrics: definition.Metrics,
      Period: periodOf(definition),
      EvaluationPeriods: definition.EvaluationPeriods,
      DatapointsToAlarm: definition.DatapointsToAlarm,
      ComparisonOperator: definition.ComparisonOperator,
      Threshold: definition.Threshold,
      TreatMissingData: definition.TreatMissingData,
    },
  });
};
