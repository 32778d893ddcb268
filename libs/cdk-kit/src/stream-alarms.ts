import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { notify } from './service-function.ts';
import type { Settings } from './settings.ts';

/**
 * Watches a function that reads a stream: how far it is behind, then whether Lambda holds it back.
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
  const { metricName, threshold, says } = lagOf(settings);
  notify(
    new Alarm(scope, `${id}Behind`, {
      alarmDescription: `${says} ${whenBehind}`,
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName,
        dimensionsMap: { FunctionName: reader.functionName },
        statistic: 'Maximum',
        period: Duration.minutes(1),
      }),
      threshold,
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

/** How far a reader may be behind: Lambda measures time on Kinesis, and records on Kafka. */
const lagOf = ({ transport, kafka }: Settings) =>
  transport === 'kafka'
    ? {
        metricName: 'OffsetLag',
        threshold: kafka.lagAlarm,
        says: `Over ${kafka.lagAlarm} records are unread.`,
      }
    : {
        metricName: 'IteratorAge',
        threshold: Duration.minutes(5).toMilliseconds(),
        says: 'The oldest unread record is over five minutes old.',
      };
