import * as z from 'zod';
import { arn } from '../aws/identity.ts';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import type { Destination } from './destination.ts';
import type { Firehose } from './firehose.ts';
import { checkPrefixes } from './prefix.ts';

const switchedOff = z.looseObject({ Enabled: z.literal(false) });

/** Buffering hints: 1 to 128 MiB and 0 to 900 s, 5 MiB and 300 s when the template is silent (Firehose API reference). */
const ExtendedS3Destination = z
  .strictObject({
    BucketARN: z.string().startsWith('arn:aws:s3:::'),
    RoleARN: z.string(),
    Prefix: z.string().default(''),
    ErrorOutputPrefix: z.string().optional(),
    BufferingHints: z
      .strictObject({
        SizeInMBs: z.number().min(1).max(128).default(5),
        IntervalInSeconds: z.number().min(0).max(900).default(300),
      })
      .prefault({}),
    CompressionFormat: z.enum(['GZIP', 'UNCOMPRESSED']).default('UNCOMPRESSED'),
    CustomTimeZone: z.string().default('UTC'),
    FileExtension: z
      .string()
      .regex(/^$|^\.[0-9a-z!\-_.*'()]+$/)
      .default(''),
    S3BackupMode: z.literal('Disabled').optional(),
    ProcessingConfiguration: switchedOff.optional(),
    DynamicPartitioningConfiguration: switchedOff.optional(),
    DataFormatConversionConfiguration: switchedOff.optional(),
    // Where AWS logs and how bytes rest on its disks.
    CloudWatchLoggingOptions: z.looseObject({}).optional(),
    EncryptionConfiguration: z.looseObject({}).optional(),
  })
  .transform((properties): Destination => ({
    bucket: properties.BucketARN.slice('arn:aws:s3:::'.length),
    prefix: properties.Prefix,
    errorPrefix: properties.ErrorOutputPrefix,
    timeZone: properties.CustomTimeZone,
    gzip: properties.CompressionFormat === 'GZIP',
    extension: properties.FileExtension || (properties.CompressionFormat === 'GZIP' ? '.gz' : ''),
    bufferBytes: properties.BufferingHints.SizeInMBs * 1024 * 1024,
    intervalMs: properties.BufferingHints.IntervalInSeconds * 1000,
    roleArn: properties.RoleARN,
  }));

const DeliveryStream = z.strictObject({
  DeliveryStreamName: z.string().optional(),
  DeliveryStreamType: z.literal('DirectPut').default('DirectPut'),
  ExtendedS3DestinationConfiguration: ExtendedS3Destination,
  DeliveryStreamEncryptionConfigurationInput: z.looseObject({}).optional(),
  Tags: z.array(z.unknown()).optional(),
});

/** What Firehose takes of the types in the templates: direct puts to S3. */
export const firehoseResources = (firehose: Firehose): ResourceKinds => ({
  'AWS::KinesisFirehose::DeliveryStream': resourceKind(DeliveryStream, async (properties, { generatedName }) => {
    const name = properties.DeliveryStreamName ?? generatedName.slice(-64);
    const destination = properties.ExtendedS3DestinationConfiguration;
    checkPrefixes(destination.prefix, destination.errorPrefix, destination.timeZone);
    await firehose.create(name, destination);
    return { ref: name, attributes: { Arn: arn('firehose', `deliverystream/${name}`) } };
  }),
});
