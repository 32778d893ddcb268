import * as z from 'zod';
import type { BuiltResource, ResourceKinds } from '../assembly/resource-kind.ts';
import { resourceKind } from '../assembly/resource-kind.ts';
import type { Kinesis } from './kinesis.ts';
import { StreamName } from './api/stream-reference.ts';
import { limits, type StreamSettings } from './stream-settings.ts';
import type { Stream } from './stream.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html */
const StreamProperties = z.strictObject({
  Name: StreamName.optional(),
  ShardCount: z.coerce.number().int().min(1).max(limits.shards).optional(),
  RetentionPeriodHours: z.coerce
    .number()
    .int()
    .min(limits.retentionHours.least)
    .max(limits.retentionHours.most)
    .default(limits.retentionHours.least),
  StreamEncryption: z.strictObject({ EncryptionType: z.literal('KMS'), KeyId: z.string() }).optional(),
  StreamModeDetails: z.strictObject({ StreamMode: z.enum(['ON_DEMAND', 'PROVISIONED']) }).optional(),
  MaxRecordSizeInKiB: z.coerce
    .number()
    .int()
    .min(limits.recordKiB.least)
    .max(limits.recordKiB.most)
    .default(limits.recordKiB.least),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([]),
});
type StreamProperties = z.infer<typeof StreamProperties>;

type Wanted = Omit<StreamSettings, 'createdMs' | 'shards'> & { readonly shards: number | undefined };

/** AWS::Kinesis::Stream on the laptop. A stream that is there already is kept with its records. */
export const kinesisResources = (kinesis: Kinesis): ResourceKinds => ({
  'AWS::Kinesis::Stream': resourceKind<StreamProperties>(StreamProperties, async (properties, { generatedName }) => {
    const wanted = settingsOf(properties, properties.Name ?? generatedName);
    if (!kinesis.has(wanted.name)) {
      return built(await kinesis.create({ ...wanted, shards: wanted.shards ?? limits.onDemandShards }));
    }
    const stream = kinesis.stream(wanted.name);
    if (wanted.shards !== undefined && wanted.shards !== stream.shards.length) {
      throw new Error(
        `stream ${stream.name} has a shard count of ${stream.shards.length} on this laptop and of ${wanted.shards} in its ` +
          `template; the laptop does not reshard: delete the stream ("aws kinesis delete-stream") or start with an empty --dir`,
      );
    }
    await stream.change({ ...wanted, shards: stream.shards.length });
    return built(stream);
  }),
});

/** Without a mode a stream is provisioned, unless it has no shard count either. */
const settingsOf = (properties: StreamProperties, name: string): Wanted => {
  const { ShardCount, StreamModeDetails, StreamEncryption, RetentionPeriodHours, MaxRecordSizeInKiB, Tags } =
    properties;
  const mode = StreamModeDetails?.StreamMode ?? (ShardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED');
  return {
    name,
    mode,
    shards: mode === 'PROVISIONED' ? (ShardCount ?? 1) : undefined,
    retentionHours: RetentionPeriodHours,
    encryption: StreamEncryption ? 'KMS' : 'NONE',
    keyId: StreamEncryption?.KeyId,
    largestRecordKiB: MaxRecordSizeInKiB,
    tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
  };
};

const built = (stream: Stream): BuiltResource => ({ ref: stream.name, attributes: { Arn: stream.arn } });
