import { explain, named, removalPolicy, type Settings } from '@acme/cdk-kit';
import { rawRoots, roots } from '@acme/lake-layout';
import { Aws, Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** The lake's bucket: raw events, curated tables, quarantine, ledger, query results; each with its own time to live. */
export const lakeBucket = (scope: Construct, settings: Settings): Bucket => {
  const guarded = {
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    removalPolicy: removalPolicy(settings),
  };
  const accessLogs = new Bucket(scope, 'AccessLogs', {
    ...guarded,
    lifecycleRules: [{ expiration: Duration.days(settings.lake.quarantineDays) }],
  });
  explain(
    accessLogs,
    'AwsSolutions-S1',
    'It holds the access logs of the lake; logging it into itself would never end.',
  );
  return new Bucket(scope, 'Lake', {
    ...guarded,
    bucketName: `${named(settings, 'acme-telemetry-data')}-${Aws.ACCOUNT_ID}-${settings.region}`,
    serverAccessLogsBucket: accessLogs,
    // Request metrics cost by the metric; this zone is the one whose writer has no service in between that counts.
    metrics: [{ id: 'enriched-data', prefix: roots.enriched }],
    lifecycleRules: [
      { id: 'raw', prefix: rawRoots.viewing, expiration: Duration.days(settings.lake.rawDays) },
      { id: 'raw-clickstream', prefix: rawRoots.clickstream, expiration: Duration.days(settings.lake.rawDays) },
      { id: 'enriched', prefix: roots.enriched, expiration: Duration.days(settings.lake.enrichedDays) },
      { id: 'quarantine', prefix: roots.quarantine, expiration: Duration.days(settings.lake.quarantineDays) },
      { id: 'ledger', prefix: roots.ledger, expiration: Duration.days(settings.lake.ledgerDays) },
      { id: 'given-up', prefix: roots.givenUp, expiration: Duration.days(settings.lake.quarantineDays) },
      { id: 'results', prefix: roots.results, expiration: Duration.days(settings.lake.resultDays) },
      // They save work as long as what they tell of is there.
      { id: 'compaction', prefix: roots.compaction, expiration: Duration.days(settings.lake.rawDays + 7) },
      { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
};
