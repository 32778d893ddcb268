import { named, type Settings } from '@acme/cdk-kit';
import { type GlueColumn, glueColumnsOf, type TableName, tables } from '@acme/telemetry-schema';
import { Aws } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { storageOf } from './storage.ts';

/** The name of the database, as the reference systems print it. */
export const databaseName = (settings: Settings): string => named(settings, 'acme_telemetry');

/** Construct ids; what is deployed keeps its own. */
const ids: Readonly<Record<TableName, string>> = {
  customers: 'Customers',
  titles: 'Titles',
  telemetry: 'Telemetry',
  campaigns: 'Campaigns',
  streaming_events: 'StreamingEvents',
  clickstream_events: 'ClickstreamTable',
  enriched_events: 'EnrichedEvents',
};

/** The database, and every table of the contract: its columns from the schema, its partitions computed. */
export const catalog = (scope: Construct, settings: Settings, lake: Bucket): CfnDatabase => {
  const name = databaseName(settings);
  const database = new CfnDatabase(scope, 'Database', {
    catalogId: Aws.ACCOUNT_ID,
    databaseInput: { name, description: 'Telemetry of ACME: raw events, curated tables' },
  });
  const storage = storageOf(settings);
  for (const table of Object.keys(ids) as TableName[]) {
    const { schema, partitionKeys, description } = tables[table];
    const { folder, format, parameters, partition } = storage[table];
    const location = `s3://${lake.bucketName}/${folder}`;
    const definition = new CfnTable(scope, ids[table], {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: name,
      tableInput: {
        name: table,
        description,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: partitionKeys.map(column),
        parameters: {
          EXTERNAL: 'TRUE',
          ...parameters,
          ...(partition === undefined ? {} : { 'storage.location.template': `${location}${partition}` }),
        },
        storageDescriptor: {
          columns: glueColumnsOf(schema).map(column),
          location,
          inputFormat: format.inputFormat,
          outputFormat: format.outputFormat,
          serdeInfo: {
            serializationLibrary: format.serde,
            ...(format.serdeParameters === undefined ? {} : { parameters: format.serdeParameters }),
          },
        },
      },
    });
    definition.node.addDependency(database);
  }
  return database;
};

const column = ({ name, type, comment }: GlueColumn): CfnTable.ColumnProperty => ({ name, type, comment });
