import * as z from 'zod';
import { arn, region } from '../aws/identity.ts';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import type { S3 } from './s3.ts';

const Bucket = z.strictObject({
  BucketName: z.string().optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  LifecycleConfiguration: z.looseObject({ Rules: z.array(z.looseObject({ Status: z.string() })) }).optional(),
  LoggingConfiguration: z.looseObject({}).optional(),
  CorsConfiguration: z.looseObject({}).optional(),
  // Who may read and how bytes rest on AWS's disks: nothing of it shows on a laptop with one account.
  AccessControl: z.string().optional(),
  BucketEncryption: z.looseObject({}).optional(),
  OwnershipControls: z.looseObject({}).optional(),
  PublicAccessBlockConfiguration: z.looseObject({}).optional(),
  MetricsConfigurations: z.array(z.strictObject({ Id: z.string(), Prefix: z.string().optional() })).optional(),
  Tags: z.array(z.unknown()).optional(),
});

/** Which requests of a bucket are counted: those for keys that begin so. */
export interface RequestFilter {
  readonly Id: string;
  /** @default all */
  readonly Prefix?: string | undefined;
}

/** Where requests are counted. */
export interface RequestMetrics {
  define(bucket: string, filters: readonly RequestFilter[]): void;
}

/** What S3 takes of the types in the templates. */
export const s3Resources = (s3: S3, requestMetrics: RequestMetrics): ResourceKinds => ({
  'AWS::S3::Bucket': resourceKind(Bucket, (properties, { generatedName }) => {
    const name = properties.BucketName ?? bucketNameOf(generatedName);
    s3.createBucket(name);
    requestMetrics.define(name, properties.MetricsConfigurations ?? []);
    return {
      ref: name,
      attributes: {
        Arn: arn('s3', name),
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
        DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
      },
      notHonoured: [
        ...(properties.VersioningConfiguration?.Status === 'Enabled' ? ['VersioningConfiguration'] : []),
        ...(properties.LifecycleConfiguration?.Rules.some(({ Status }) => Status === 'Enabled')
          ? ['LifecycleConfiguration']
          : []),
        ...(properties.LoggingConfiguration ? ['LoggingConfiguration'] : []),
        ...(properties.CorsConfiguration ? ['CorsConfiguration'] : []),
      ],
    };
  }),
});

/** A bucket's name is lower-case and at most 63 characters; the end of a generated name is what makes it unique. */
const bucketNameOf = (generatedName: string): string =>
  generatedName
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(-63)
    .replace(/^-+/, '');
