import type { Delivery } from '../../event-source/attempt.ts';
import { functionNameOf } from '../../lambda/function-name.ts';
import { metric } from '../store/metric.ts';
import type { Metrics } from '../store/metrics.ts';

/**
 * What event source mappings on Kinesis show: AWS/Lambda IteratorAge by FunctionName, and AWS/Kinesis
 * GetRecords.IteratorAgeMilliseconds by StreamName, both the age of a batch's last record as it goes to its function.
 */
export const deliveryMetrics =
  (metrics: Metrics, now: () => number) =>
  ({ functionName, streamArn, lastArrivalMs }: Delivery): void => {
    const age = [Math.max(0, now() - lastArrivalMs)];
    const about = { unit: 'Milliseconds' };
    metrics.add(metric('AWS/Lambda', 'IteratorAge', 'FunctionName', functionNameOf(functionName)), age, about);
    const stream = streamArn.split('stream/').pop();
    metrics.add(metric('AWS/Kinesis', 'GetRecords.IteratorAgeMilliseconds', 'StreamName', stream), age, about);
  };
