import { rawRoots, roots } from '@acme/lake-layout';
import { explainWildcard, named, publish, type Settings } from '@acme/cdk-kit';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { catalog, databaseName } from './catalog.ts';
import { compaction } from './compaction.ts';
import { endpoints } from './endpoints.ts';
import { lakeBucket } from './lake-bucket.ts';
import { loader } from './loader.ts';
import { namedQueries } from './named-queries.ts';
import { readersPolicy } from './readers.ts';
import { workGroup } from './work-group.ts';

export interface DataLakeStackProps extends StackProps {
  readonly settings: Settings;
}

/** The lake: its bucket, the way raw events take into it and on into `telemetry`, and what queries and readers need. */
export class DataLakeStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: DataLakeStackProps) {
    super(scope, id, { description: 'The lake of telemetry and clickstream: S3, Firehose, Glue, Athena', ...props });
    const lake = lakeBucket(this, settings);
    const database = catalog(this, settings, lake);
    const group = workGroup(this, 'WorkGroup', {
      name: named(settings, 'acme-telemetry'),
      description: 'Queries on the lake',
      lake,
      cutoffMiB: settings.lake.scanCutoffMiB,
    });
    namedQueries(this, databaseName(settings), group);
    compaction(this, settings, lake);
    endpoints(this, settings);
    loader(this, settings, lake, {
      id: 'Load',
      bundle: 'lake-loader',
      consumer: 'lake-loader',
      delivered: { id: '', name: 'acme-data-kinesis-to-s3', prefix: rawRoots.viewing, events: 'events' },
    });
    loader(this, settings, lake, {
      id: 'LoadClickstream',
      bundle: 'lake-loader/clickstream',
      consumer: 'clickstream-loader',
      delivered: {
        id: 'Clickstream',
        name: 'acme-clickstream-to-s3',
        prefix: rawRoots.clickstream,
        events: 'clickstream events',
      },
    });
    const readQuarantine = new ManagedPolicy(this, 'ReadQuarantine', {
      description: 'Lets people who repair bad events read what was put aside; readers of the lake do not get it',
      statements: [
        new PolicyStatement({ actions: ['s3:GetObject'], resources: [lake.arnForObjects(`${roots.quarantine}*`)] }),
      ],
    });
    explainWildcard(
      readQuarantine,
      lake.arnForObjects(`${roots.quarantine}*`),
      'It reads what was put aside, and nothing else.',
    );

    const readLake = readersPolicy(this, settings, { lake, group });

    publish(this, settings, 'lakeBucketName', lake.bucketName);
    publish(this, settings, 'lakeDatabaseName', database.ref);
    publish(this, settings, 'lakeWorkGroupName', group.ref);
    publish(this, settings, 'lakeReadPolicyArn', readLake.managedPolicyArn);
    new CfnOutput(this, 'DataBucketName', { value: lake.bucketName, description: 'The bucket of the lake' });
    new CfnOutput(this, 'GlueDatabaseName', { value: database.ref, description: 'The database to query with Athena' });
    new CfnOutput(this, 'AthenaWorkGroupName', { value: group.ref, description: 'The workgroup to query in' });
    new CfnOutput(this, 'LakeReadPolicyArn', {
      value: readLake.managedPolicyArn,
      description: 'Attach it to who may query the lake',
    });
    new CfnOutput(this, 'QuarantineReadPolicyArn', {
      value: readQuarantine.managedPolicyArn,
      description: 'Attach it to who may read refused events',
    });
  }
}
