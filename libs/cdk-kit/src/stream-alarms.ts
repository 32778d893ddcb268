import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { notify } from './service-function.ts';
import type { Settings } from './settings.ts';

/**
 * Watches a function that reads a stream: how old the oldest unread record is, then whether Lambda holds it back.
 *
 * @param whenBehind who notices, and what they see, when the reader falls behind
 */
export const watchStreamReader = (
  reader: IFunction & { readonly node: IFunction['node'] },
  settings: Settings,
  whenBehind: string,
): void => {
  const scope = reader.stack;
  const id = reader.node.id;
  notify(
    new Alarm(scope, `${id}Behind`, {
      alarmDescription: `The oldest unread record is over five minutes old. ${whenBehind}`,
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'IteratorAge',
        dimensionsMap: { FunctionName: reader.functionName },
        statistic: 'Maximum',
        period: Duration.minutes(1),
      }),
      threshold: Duration.minutes(5).toMilliseconds(),
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING, // no invocations: nothing was put on the stream
    }),
    settings,
  );
  notify(
    new Alarm(scope, `${id}Throttled`, {
      alarmDescription: `Lambda throttles this reader: raise the account's concurrency. ${whenBehind}`,
      metric: reader.metricThrottles({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING, // no invocations: nothing was throttled
    }),
    settings,
  );
};
