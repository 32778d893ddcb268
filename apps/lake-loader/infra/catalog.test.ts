import { testApp } from '@acme/cdk-kit/testing';
import { glueColumnsOf, type TableName, tables } from '@acme/telemetry-schema';
import { describe, expect, it } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DataLakeStack } from './data-lake-stack.ts';

const synthesised = (stage: string): Template => {
  const { app, settings } = testApp(stage);
  return Template.fromStack(new DataLakeStack(app, 'Lake', { settings, env: { region: settings.region } }));
};
const inGlue = (columns: ReturnType<typeof glueColumnsOf>) =>
  columns.map(({ name, type, comment }) => ({ Name: name, Type: type, Comment: comment }));
const lakeUrl = (path: string) => ({
  'Fn::Join': ['', ['s3://', { Ref: Match.stringLikeRegexp('^Lake') }, `/${path}`]],
});

describe('the catalogue', () => {
  const template = synthesised('dev');

  it('holds every table of the contract and no other, each with the columns that its schema gives', () => {
    const found = Object.values(template.findResources('AWS::Glue::Table')).map(({ Properties }) => {
      const { Name, StorageDescriptor, PartitionKeys } = Properties.TableInput;
      return [Name, { columns: StorageDescriptor.Columns, keys: PartitionKeys, database: Properties.DatabaseName }];
    });

    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        Object.entries(tables).map(([name, { schema, partitionKeys }]) => [
          name,
          {
            columns: inGlue(glueColumnsOf(schema)),
            keys: inGlue([...partitionKeys]),
            database: 'acme_telemetry',
          },
        ]),
      ),
    );
  });

  it.each<TableName>(['customers', 'titles', 'campaigns'])('reads %s from its Parquet files', (Name) => {
    template.hasResourceProperties('AWS::Glue::Table', {
      TableInput: {
        Name,
        Parameters: { classification: 'parquet', 'parquet.compression': 'ZSTD' },
        StorageDescriptor: {
          Location: lakeUrl(`tables/${Name}/`),
          InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    });
  });

  it.each<TableName>(['streaming_events', 'clickstream_events', 'enriched_events'])(
    'has a statement on %s go on where a line is no row or a value not its column’s, and keys mean what they say',
    (Name) => {
      template.hasResourceProperties('AWS::Glue::Table', {
        TableInput: {
          Name,
          StorageDescriptor: {
            SerdeInfo: {
              SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
              Parameters: {
                'ignore.malformed.json': 'TRUE',
                'use.null.for.invalid.data': 'TRUE',
                'case.insensitive': 'FALSE',
              },
            },
          },
        },
      });
      // A column of another case would need a mapping (OpenX JSON SerDe, "case.insensitive").
      for (const { name } of glueColumnsOf(tables[Name].schema)) expect(name).toBe(name.toLowerCase());
    },
  );

  it('reads a day of telemetry from the files that the day’s manifest lists, days being computed', () => {
    template.hasResourceProperties('AWS::Glue::Table', {
      TableInput: {
        Name: 'telemetry',
        Parameters: {
          'projection.enabled': 'true',
          'projection.date.type': 'date',
          'projection.date.format': 'yyyy-MM-dd',
          'projection.date.range': '2025-01-01,NOW+1DAYS',
          'storage.location.template': lakeUrl('manifests/telemetry/date=${date}/'),
        },
        StorageDescriptor: {
          Location: lakeUrl('manifests/telemetry/'),
          InputFormat: 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat',
          SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    });
  });

  it('computes a partition for everything that a partitioned table has in its path', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::Glue::Table'))) {
      const { Parameters, PartitionKeys } = Properties.TableInput;
      for (const { Name } of PartitionKeys) {
        expect(Parameters).toMatchObject({
          'projection.enabled': 'true',
          [`projection.${Name}.type`]: expect.any(String),
        });
        expect(JSON.stringify(Parameters['storage.location.template'])).toContain(`${Name}=\${${Name}}/`);
      }
    }
  });
});

describe('the workgroup', () => {
  it('enforces its settings: encrypted results in the lake, a cut-off, engine 3, metrics', () => {
    synthesised('dev').hasResourceProperties('AWS::Athena::WorkGroup', {
      Name: 'acme-telemetry',
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: true,
        BytesScannedCutoffPerQuery: 10 * 1024 ** 3,
        EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
        ResultConfiguration: {
          OutputLocation: lakeUrl('athena-results/'),
          EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
        },
      },
    });
  });

  it('has all nine queries of the reference systems, on the database of the stage', () => {
    const queries = (template: Template) =>
      Object.values(template.findResources('AWS::Athena::NamedQuery')).map(({ Properties }) => Properties);
    const inDev = queries(synthesised('dev'));

    expect(inDev).toHaveLength(9);
    for (const query of inDev) {
      expect(query).toMatchObject({
        Database: 'acme_telemetry',
        WorkGroup: 'acme-telemetry',
        Description: expect.any(String),
      });
    }
    expect(inDev.find(({ Name }) => Name === 'Daily viewing trends')?.QueryString).toBe(
      `SELECT date, COUNT(*) as events, SUM(watch_duration_seconds)/3600 as hours
FROM telemetry
GROUP BY date
ORDER BY date;`,
    );
    expect(inDev.find(({ Name }) => Name === 'Total events')?.QueryString).toBe(
      'SELECT COUNT(*) FROM acme_telemetry.streaming_events\nWHERE event_id IS NOT NULL;',
    );
    expect(queries(synthesised('prod')).find(({ Name }) => Name === 'Total events')).toMatchObject({
      Database: 'acme_prod_telemetry',
      QueryString: 'SELECT COUNT(*) FROM acme_prod_telemetry.streaming_events\nWHERE event_id IS NOT NULL;',
    });
  });
});
