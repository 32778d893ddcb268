import { AwsError } from '../../aws/aws-error.ts';
import type { Operations } from '../../aws/json-service.ts';

const refuse = (names: readonly string[], message: string): Operations =>
  Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        throw new AwsError('InvalidArgumentException', message);
      },
    ]),
  );

/** Operations of Kinesis that are not here, each with what to do instead. */
export const refusedOperations: Operations = {
  ...refuse(
    ['SplitShard', 'MergeShards', 'UpdateShardCount', 'UpdateStreamMode'],
    "The laptop's streams keep the shards that their template gives them: change its ShardCount and start again.",
  ),
  ...refuse(
    [
      'RegisterStreamConsumer',
      'DescribeStreamConsumer',
      'ListStreamConsumers',
      'DeregisterStreamConsumer',
      'SubscribeToShard',
    ],
    "The laptop's Kinesis has no enhanced fan-out: let the consumer poll. KCL 2 and 3: " +
      'retrievalConfig().retrievalSpecificConfig(new PollingConfig(streamName, kinesisClient)).',
  ),
};
