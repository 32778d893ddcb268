import type { EventSources } from '../../event-source/event-sources.ts';
import type { Firehose } from '../../firehose/firehose.ts';
import { functionNameOf } from '../../lambda/function-name.ts';
import { metric } from '../store/metric.ts';
import type { Metrics } from '../store/metrics.ts';

/**
 * What is a level and no event, as of now: AWS/Firehose DeliveryToS3.DataFreshness, the age in seconds of the oldest
 * record that is not in S3, of streams that have one; AWS/Lambda OffsetLag, the records of a topic that a function has
 * not done.
 */
export const measureLevels = (
  metrics: Metrics,
  firehose: Pick<Firehose, 'oldest'>,
  eventSources: Pick<EventSources, 'lag'>,
  nowMs: number,
): void => {
  for (const { stream, arrivalMs } of firehose.oldest()) {
    const freshness = metric('AWS/Firehose', 'DeliveryToS3.DataFreshness', 'DeliveryStreamName', stream);
    metrics.add(freshness, [Math.max(0, nowMs - arrivalMs) / 1000], { unit: 'Seconds', atMs: nowMs });
  }
  for (const { functionName, source, records } of eventSources.lag()) {
    if (source.startsWith('arn:aws:kinesis:')) continue; // a stream has IteratorAge in its place
    const lag = metric('AWS/Lambda', 'OffsetLag', 'FunctionName', functionNameOf(functionName));
    metrics.add(lag, [records], { atMs: nowMs });
  }
};
