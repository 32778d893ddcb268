import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BuiltResource, ResourceKind } from '../assembly/resource-kind.ts';
import { s3Resources } from './resource.ts';
import { openS3, type S3 } from './s3.ts';

const place = { stack: 'AcmeDataLakeStack', logicalId: 'Bucket', generatedName: 'AcmeDataLakeStack-Bucket83908E77' };
let dir: string;
let s3: S3;
let defined: unknown;

const build = (properties: unknown): BuiltResource | Promise<BuiltResource> => {
  const bucket = s3Resources(s3, { define: (...filters) => (defined = filters) })[
    'AWS::S3::Bucket'
  ] as ResourceKind<unknown>;
  return bucket.build(bucket.properties.parse(properties), place);
};

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 's3-resource-'));
  s3 = await openS3({ dir });
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('AWS::S3::Bucket', () => {
  it('becomes a bucket and lists what does not act here', async () => {
    const built = await build({
      BucketName: 'acme-telemetry-data',
      BucketEncryption: { ServerSideEncryptionConfiguration: [] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 30, Prefix: 'quarantine/' }] },
      VersioningConfiguration: { Status: 'Enabled' },
    });

    expect(built).toMatchObject({
      ref: 'acme-telemetry-data',
      attributes: { Arn: 'arn:aws:s3:::acme-telemetry-data' },
      notHonoured: ['VersioningConfiguration', 'LifecycleConfiguration'],
    });
    await expect(s3.put('acme-telemetry-data', 'x', Buffer.from('x'))).resolves.toBeUndefined();
  });

  it('gets a name that S3 allows when the template gives none', async () => {
    expect(await build({})).toMatchObject({ ref: 'acmedatalakestack-bucket83908e77', notHonoured: [] });
  });

  it('says which of its requests are to be counted', async () => {
    const filter = { Id: 'enriched-data', Prefix: 'enriched-data/' };
    await build({ BucketName: 'acme-telemetry-data', MetricsConfigurations: [filter] });
    expect(defined).toEqual(['acme-telemetry-data', [filter]]);
  });

  it('refuses a setting that it does not know', () => {
    expect(() => build({ NotificationConfiguration: {} })).toThrow('NotificationConfiguration');
  });
});
