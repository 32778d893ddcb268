import { roots } from '@acme/lake-layout';
import { explain, givenUp, grantQuarantine, ServiceFunction, type Settings } from '@acme/cdk-kit';
import type { EnvOf } from '@acme/lambda-kit';
import { Aws, CfnOutput, Duration, Fn, LegacyStackSynthesizer, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { Code, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Env } from '../src/env.ts';
import { alarms, incomingRecords } from './alarms.ts';
import { charts } from './charts.ts';
import { grantEnrichment } from './grants.ts';
import { capitalised, lookupTables, tableNames } from './lookup-tables.ts';
import { parameters } from './stand-alone-parameters.ts';

/** Keys of each dimension that the cache keeps: what the least memory has room for. */
const cacheEntries = 5_000;

/**
 * The enrichment pipeline in one stack that needs nothing else: its own stream of clickstream events, bucket and lookup
 * tables. Its template is one file; the code of the function lies where CodeBucket and CodeKey say. It names no role, so
 * CAPABILITY_IAM is enough.
 */
export class StandAloneStack extends Stack {
  constructor(scope: Construct, id: string, { settings }: { readonly settings: Settings }) {
    super(scope, id, {
      description: 'Enriches clickstream events with what is known of customers, titles and pages',
      synthesizer: new LegacyStackSynthesizer(),
    });
    const chosen = parameters(this);
    const removalPolicy = RemovalPolicy.DESTROY;
    const stream = new Stream(this, 'Events', {
      streamMode: StreamMode.PROVISIONED,
      shardCount: chosen.shards,
      retentionPeriod: Duration.hours(24),
      encryption: StreamEncryption.MANAGED,
      removalPolicy,
    });
    const bucket = new Bucket(this, 'Data', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      metrics: [{ id: 'enriched-data', prefix: roots.enriched }],
      lifecycleRules: [
        { id: 'enriched', prefix: roots.enriched, expiration: Duration.days(settings.lake.enrichedDays) },
        { id: 'quarantine', prefix: roots.quarantine, expiration: Duration.days(settings.lake.quarantineDays) },
        { id: 'given-up', prefix: roots.givenUp, expiration: Duration.days(settings.lake.quarantineDays) },
        { id: 'cut-off', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy,
    });
    const tables = lookupTables(this, removalPolicy);
    const code = Bucket.fromBucketName(this, 'Code', chosen.codeBucket);
    explain(
      code,
      'Annotation::@aws-cdk/aws-lambda:codeFromBucketObjectVersionNotSpecified',
      'CodeKey names the code by its content: other code has another key.',
    );
    const enrich = new ServiceFunction(this, 'Enrich', {
      settings,
      bundle: 'enricher',
      code: Code.fromBucketV2(code, chosen.codeKey),
      functionName: Fn.sub(`\${AWS::StackName}-enricher`),
      description: 'Enriches events with what lookup tables know, and writes them to S3',
      whenFailing: 'Enriched data is late; events wait on the stream, and nothing is lost while it keeps them.',
      timeout: Duration.seconds(chosen.timeout),
      memorySize: chosen.memorySize,
      environment: {
        ENRICHED_BUCKET: bucket.bucketName,
        QUARANTINE_BUCKET: bucket.bucketName,
        CLICKSTREAM_STREAM: stream.streamName,
        LOOKUP_TABLES: tableNames(tables),
        CACHE_ENTRIES: String(cacheEntries),
        DEADLINE_SECONDS: chosen.deadlineSeconds,
      } satisfies EnvOf<typeof Env>,
    });
    const { batchSize, windowSeconds = 0 } = settings.readers['clickstream-enricher'];
    enrich.addEventSource(
      new KinesisEventSource(stream, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: batchSize.kinesis,
        maxBatchingWindow: Duration.seconds(windowSeconds),
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        maxRecordAge: Duration.hours(23), // an hour before the stream forgets them
        onFailure: givenUp(bucket, enrich),
      }),
    );
    const watched = {
      tables,
      bucket,
      incoming: [{ family: 'clickstream' as const, records: incomingRecords(stream.streamName) }],
    };
    alarms(enrich, settings, watched);
    charts(enrich, `${Aws.STACK_NAME}-enrichment`, watched);
    grantEnrichment(enrich, watched);
    grantQuarantine(enrich, bucket, 'clickstream-enricher');

    // Dashboards take tags in some regions only, and linters know of none.
    const all = { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] };
    Tags.of(this).add('environment', chosen.environment, all);
    Tags.of(this).add('app', 'enricher', all);
    // CDK has the function wait for its role twice over.
    this.templateOptions.metadata = { 'cfn-lint': { config: { ignore_checks: ['W3005'] } } };
    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    output('StreamName', stream.streamName, 'The stream of clickstream events');
    output('FunctionName', enrich.functionName, 'The function that enriches');
    output('BucketName', bucket.bucketName, 'Enriched events lie under enriched-data/');
    for (const [index, [name, { tableName }]] of [...tables].entries())
      output(index === 0 ? 'TableName' : `${capitalised(name)}TableName`, tableName, `What is known of ${name}`);
  }
}
