import { named, type Settings } from '@acme/cdk-kit';
import { type GlueColumn, glueColumnsOf, tables } from '@acme/telemetry-schema';
import { Aws } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

const column = ({ name, type, comment }: GlueColumn): CfnTable.ColumnProperty => ({ name, type, comment });

/** The database, and the raw table with its partitions computed from the path: nobody runs MSCK REPAIR TABLE. */
export const catalog = (scope: Construct, settings: Settings, lake: Bucket): CfnDatabase => {
  const name = named(settings, 'acme_telemetry');
  const database = new CfnDatabase(scope, 'Database', {
    catalogId: Aws.ACCOUNT_ID,
    databaseInput: { name, description: 'Telemetry of ACME: raw events, curated tables' },
  });
  const { schema, partitionKeys, description } = tables.streaming_events;
  const location = `s3://${lake.bucketName}/telemetry/`;
  const table = new CfnTable(scope, 'StreamingEvents', {
    catalogId: Aws.ACCOUNT_ID,
    databaseName: name,
    tableInput: {
      name: 'streaming_events',
      description,
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: partitionKeys.map(column),
      parameters: {
        EXTERNAL: 'TRUE',
        classification: 'json',
        compressionType: 'gzip',
        ...projection(settings.lake.firstYear),
        'storage.location.template': `${location}year=\${year}/month=\${month}/day=\${day}/hour=\${hour}/`,
      },
      storageDescriptor: {
        columns: glueColumnsOf(schema).map(column),
        location,
        inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
        serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' },
      },
    },
  });
  table.node.addDependency(database);
  return database;
};

/** Partition projection (docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html). */
const projection = (firstYear: number): Record<string, string> => ({
  'projection.enabled': 'true',
  ...integers('year', `${firstYear},${firstYear + 50}`, 4),
  ...integers('month', '1,12', 2),
  ...integers('day', '1,31', 2),
  ...integers('hour', '0,23', 2),
});

const integers = (key: string, range: string, digits: number): Record<string, string> => ({
  [`projection.${key}.type`]: 'integer',
  [`projection.${key}.range`]: range,
  [`projection.${key}.digits`]: String(digits),
});
