import type { Settings } from '@acme/cdk-kit';
import type { TableName } from '@acme/telemetry-schema';
import type { CfnTable } from 'aws-cdk-lib/aws-glue';
import { byDate, byEventFamily, byHour } from './projection.ts';

/** How a table's rows lie in the lake: where, in which format, and how its partitions are found. */
export interface Storage {
  /** Below the bucket, with a slash at the end. */
  readonly folder: string;
  readonly format: Required<Pick<CfnTable.StorageDescriptorProperty, 'inputFormat' | 'outputFormat'>> & {
    readonly serde: string;
  };
  readonly parameters: Readonly<Record<string, string>>;
  /** A partition's folder below the table's, in Athena's notation. */
  readonly partition?: string;
}

const hive = 'org.apache.hadoop.hive.ql.io';
const textOutput = `${hive}.HiveIgnoreKeyTextOutputFormat`;
const parquetSerde = `${hive}.parquet.serde.ParquetHiveSerDe`;
const zstd = { classification: 'parquet', 'parquet.compression': 'ZSTD' };

const parquet = (table: TableName): Storage => ({
  folder: `tables/${table}/`,
  format: {
    inputFormat: `${hive}.parquet.MapredParquetInputFormat`,
    outputFormat: `${hive}.parquet.MapredParquetOutputFormat`,
    serde: parquetSerde,
  },
  parameters: zstd,
});

/** Lines of JSON by the hour: raw events as Firehose delivers them, enriched ones as the enricher writes them. */
const lines = (folder: string, settings: Settings): Storage => ({
  folder,
  format: {
    inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    outputFormat: textOutput,
    serde: 'org.openx.data.jsonserde.JsonSerDe',
  },
  parameters: { classification: 'json', compressionType: 'gzip', ...byHour(settings) },
  partition: 'year=${year}/month=${month}/day=${day}/hour=${hour}/',
});

/** The same with a folder for each family of events around the hours. */
const byFamily = ({ parameters, partition = '', ...rest }: Storage): Storage => ({
  ...rest,
  parameters: { ...parameters, ...byEventFamily },
  partition: `family=\${family}/${partition}`,
});

/** Where each table lies, and how. */
export const storageOf = (settings: Settings): Readonly<Record<TableName, Storage>> => ({
  customers: parquet('customers'),
  titles: parquet('titles'),
  campaigns: parquet('campaigns'),
  // A partition's folder holds the list of its Parquet files, so that a day changes in one step.
  telemetry: {
    folder: 'manifests/telemetry/',
    format: { inputFormat: `${hive}.SymlinkTextInputFormat`, outputFormat: textOutput, serde: parquetSerde },
    parameters: { ...zstd, ...byDate(settings) },
    partition: 'date=${date}/',
  },
  streaming_events: lines('telemetry/', settings),
  clickstream_events: lines('clickstream/', settings),
  enriched_events: byFamily(lines('enriched-data/', settings)),
});
