import {
  givenUp,
  grantLedger,
  grantQuarantine,
  lookUp,
  named,
  readStream,
  removalPolicy,
  ServiceFunction,
  type Settings,
  topicOf,
  watchStreamReader,
} from '@acme/cdk-kit';
import type { EnvOf } from '@acme/lambda-kit';
import { CfnOutput, Duration, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Env } from '../src/env.ts';
import { alarms, incomingOf } from './alarms.ts';
import { charts } from './charts.ts';
import type { EnricherContext } from './context.ts';
import { endpoints } from './endpoints.ts';
import { grantEnrichment } from './grants.ts';
import { capitalised, lookupTables, tableNames } from './lookup-tables.ts';

export interface EnricherStackProps extends StackProps {
  readonly settings: Settings;
  readonly context: EnricherContext;
}

/** Keys of each dimension that the cache keeps, per MB of memory: three dimensions of 1 kB a key take an eighth of it. */
const cacheEntriesPerMB = 40;

/** Streaming enrichment: events of both streams with what the lookup tables know, in the lake's bucket. */
export class EnricherStack extends Stack {
  constructor(scope: Construct, id: string, { settings, context, ...props }: EnricherStackProps) {
    super(scope, id, { description: 'Enriches events with what is known of customers, titles and pages', ...props });
    const lake = Bucket.fromBucketName(this, 'Lake', lookUp(this, settings, 'lakeBucketName'));
    const tables = lookupTables(this, removalPolicy(settings), (name) => named(settings, name));
    const enrich = new ServiceFunction(this, 'Enrich', {
      settings,
      bundle: 'enricher',
      functionName: named(settings, 'acme-data-enricher'),
      description: 'Enriches events with what lookup tables know, and writes them to S3',
      whenFailing: 'Enriched data is late; events wait on the streams, and nothing is lost while these keep them.',
      timeout: Duration.seconds(context.lambdaTimeout),
      memorySize: context.lambdaMemorySize,
      environment: {
        ENRICHED_BUCKET: lake.bucketName,
        QUARANTINE_BUCKET: lake.bucketName,
        VIEWING_STREAM: topicOf(settings, 'telemetry'),
        CLICKSTREAM_STREAM: topicOf(settings, 'clickstream'),
        LOOKUP_TABLES: tableNames(tables),
        CACHE_ENTRIES: String(context.lambdaMemorySize * cacheEntriesPerMB),
        DEADLINE_SECONDS: String(Math.floor(context.lambdaTimeout * 0.8)),
      } satisfies EnvOf<typeof Env>,
    });
    // Events wait out whatever DynamoDB and S3 do, for as long as the stream has them; an hour before it forgets them
    // (Lambda's limit is seven days) they go to the lake's bucket as they are. A batch that fails is halved, so that it
    // is one record and not the batch that holds back the shard.
    const onFailure = givenUp(lake, enrich);
    for (const consumer of ['enricher', 'clickstream-enricher'] as const) {
      readStream(enrich, settings, {
        reader: consumer,
        startingPosition: StartingPosition.TRIM_HORIZON,
        bisectBatchOnError: true,
        onFailure,
      });
      grantQuarantine(enrich, lake, consumer);
      grantLedger(enrich, settings, lake, consumer);
    }
    watchStreamReader(enrich, settings, 'Enriched data misses the newest events.');
    const watched = { tables, bucket: lake, incoming: incomingOf(settings) };
    alarms(enrich, settings, watched);
    charts(enrich, named(settings, 'acme-streaming-enrichment'), watched);
    endpoints(this, settings);

    grantEnrichment(enrich, { tables, bucket: lake });

    Tags.of(this).add('environment', context.environment ?? settings.stage);
    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    output('StreamName', topicOf(settings, 'clickstream'), 'The stream of clickstream events that it reads');
    output('TelemetryStreamName', topicOf(settings, 'telemetry'), 'The stream of viewing events that it reads');
    output('FunctionName', enrich.functionName, 'The function that enriches');
    output('BucketName', lake.bucketName, 'Enriched events lie under enriched-data/');
    for (const [index, [name, { tableName }]] of [...tables].entries())
      output(index === 0 ? 'TableName' : `${capitalised(name)}TableName`, tableName, `What is known of ${name}`);
  }
}
