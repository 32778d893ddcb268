import * as z from 'zod';
import { AwsError } from '../../aws/aws-error.ts';
import type { Operations } from '../../aws/json-service.ts';
import type { Kinesis } from '../kinesis.ts';
import { limits } from '../stream-settings.ts';
import { pageOf } from './page.ts';
import { StreamName, streamOf, streamReference } from './stream-reference.ts';
import { checked } from './validation.ts';

const Tags = z.record(z.string().min(1).max(128), z.string().max(256));

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html */
const CreateStream = z.object({
  StreamName,
  ShardCount: z.int().min(1).max(limits.shards).optional(),
  StreamModeDetails: z.object({ StreamMode: z.enum(['PROVISIONED', 'ON_DEMAND']) }).optional(),
  MaxRecordSizeInKiB: z.int().min(limits.recordKiB.least).max(limits.recordKiB.most).default(limits.recordKiB.least),
  Tags: Tags.default({}),
});

const Retention = z.object({
  ...streamReference,
  RetentionPeriodHours: z.int(),
});

const refuseRetention = (hours: number): void => {
  const { least, most } = limits.retentionHours;
  if (hours < least || hours > most)
    throw new AwsError('InvalidArgumentException', `RetentionPeriodHours must be from ${least} to ${most}.`);
};

const ListTags = z.object({
  ...streamReference,
  ExclusiveStartTagKey: z.string().min(1).max(128).optional(),
  Limit: z.int().min(1).max(50).default(50),
});

export const streamOperations = (kinesis: Kinesis): Operations => ({
  CreateStream: checked(
    CreateStream,
    async ({ StreamName, ShardCount, StreamModeDetails, MaxRecordSizeInKiB, Tags }) => {
      const mode = StreamModeDetails?.StreamMode ?? (ShardCount === undefined ? 'ON_DEMAND' : 'PROVISIONED');
      if (mode === 'PROVISIONED' && ShardCount === undefined) {
        throw new AwsError('InvalidArgumentException', 'ShardCount must be given for a stream in PROVISIONED mode.');
      }
      await kinesis.create({
        name: StreamName,
        mode,
        shards: mode === 'ON_DEMAND' ? limits.onDemandShards : (ShardCount as number),
        retentionHours: limits.retentionHours.least,
        encryption: 'NONE',
        largestRecordKiB: MaxRecordSizeInKiB,
        tags: Tags,
      });
    },
  ),
  DeleteStream: checked(z.object(streamReference), (input) => kinesis.remove(streamOf(kinesis, input).name)),
  IncreaseStreamRetentionPeriod: checked(Retention, async ({ RetentionPeriodHours, ...reference }) => {
    const stream = streamOf(kinesis, reference);
    refuseRetention(RetentionPeriodHours);
    if (RetentionPeriodHours < stream.settings.retentionHours) throw wrongWay('less', stream.settings.retentionHours);
    await stream.change({ retentionHours: RetentionPeriodHours });
  }),
  DecreaseStreamRetentionPeriod: checked(Retention, async ({ RetentionPeriodHours, ...reference }) => {
    const stream = streamOf(kinesis, reference);
    refuseRetention(RetentionPeriodHours);
    if (RetentionPeriodHours > stream.settings.retentionHours) throw wrongWay('longer', stream.settings.retentionHours);
    await stream.change({ retentionHours: RetentionPeriodHours });
  }),
  AddTagsToStream: checked(z.object({ ...streamReference, Tags }), async ({ Tags, ...reference }) => {
    const stream = streamOf(kinesis, reference);
    await stream.change({ tags: { ...stream.settings.tags, ...Tags } });
  }),
  ListTagsForStream: checked(ListTags, ({ ExclusiveStartTagKey, Limit, ...reference }) => {
    const tags = Object.entries(streamOf(kinesis, reference).settings.tags).sort(([a], [b]) => (a < b ? -1 : 1));
    const { page, more } = pageOf(tags, ([key]) => key, ExclusiveStartTagKey, Limit);
    return { Tags: page.map(([Key, Value]) => ({ Key, Value })), HasMoreTags: more };
  }),
});

const wrongWay = (word: string, hours: number): AwsError =>
  new AwsError(
    'InvalidArgumentException',
    `Requested retention period is ${word} than the current one of ${hours} hours.`,
  );
