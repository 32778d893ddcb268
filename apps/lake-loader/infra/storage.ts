import type { Settings } from '@acme/cdk-kit';
import type { TableName } from '@acme/telemetry-schema';
import type { CfnTable } from 'aws-cdk-lib/aws-glue';
import { byDate, byHour } from './projection.ts';

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

/** Raw events, as Firehose delivers them. */
const raw = (folder: string, settings: Settings): Storage => ({
  folder,
  format: {
    inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    outputFormat: textOutput,
    serde: 'org.openx.data.jsonserde.JsonSerDe',
  },
  parameters: { classification: 'json', compressionType: 'gzip', ...byHour(settings) },
  partition: 'year=${year}/month=${month}/day=${day}/hour=${hour}/',
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
  streaming_events: raw('telemetry/', settings),
  clickstream_events: raw('clickstream/', settings),
});
