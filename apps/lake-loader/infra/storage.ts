import type { Settings } from '@acme/cdk-kit';
import {
  dateFolder,
  familyFolder,
  hourFolderOf,
  manifestFolder,
  rawRoots,
  roots,
  tableFolder,
} from '@acme/lake-layout';
import type { TableName } from '@acme/telemetry-schema';
import type { CfnTable } from 'aws-cdk-lib/aws-glue';
import { byDate, byEventFamily, byHour } from './projection.ts';

/** How a table's rows lie in the lake: where, in which format, and how its partitions are found. */
export interface Storage {
  /** Below the bucket, with a slash at the end. */
  readonly folder: string;
  readonly format: Required<Pick<CfnTable.StorageDescriptorProperty, 'inputFormat' | 'outputFormat'>> & {
    readonly serde: string;
    readonly serdeParameters?: Readonly<Record<string, string>>;
  };
  readonly parameters: Readonly<Record<string, string>>;
  /** A partition's folder below the table's, in Athena's notation. */
  readonly partition?: string;
}

const hive = 'org.apache.hadoop.hive.ql.io';
const textOutput = `${hive}.HiveIgnoreKeyTextOutputFormat`;
const parquetSerde = `${hive}.parquet.serde.ParquetHiveSerDe`;
const zstd = { classification: 'parquet', 'parquet.compression': 'ZSTD' };

/**
 * A line that is no row is a row of NULLs, a value that is not its column's is NULL, and neither ends a statement; keys
 * are those of the contract, letter by letter
 * (docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html).
 */
const bearing = {
  'ignore.malformed.json': 'TRUE',
  'use.null.for.invalid.data': 'TRUE',
  'case.insensitive': 'FALSE',
};

const parquet = (table: TableName): Storage => ({
  folder: tableFolder(table),
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
    serdeParameters: bearing,
  },
  parameters: { classification: 'json', compressionType: 'gzip', ...byHour(settings) },
  partition: hourFolderOf({ year: '${year}', month: '${month}', day: '${day}', hour: '${hour}' }),
});

/** The same with a folder for each family of events around the hours. */
const byFamily = ({ parameters, partition = '', ...rest }: Storage): Storage => ({
  ...rest,
  parameters: { ...parameters, ...byEventFamily },
  partition: `${familyFolder('${family}')}${partition}`,
});

/** Where each table lies, and how. */
export const storageOf = (settings: Settings): Readonly<Record<TableName, Storage>> => ({
  customers: parquet('customers'),
  titles: parquet('titles'),
  campaigns: parquet('campaigns'),
  // A partition's folder holds the list of its Parquet files, so that a day changes in one step.
  telemetry: {
    folder: manifestFolder('telemetry'),
    format: { inputFormat: `${hive}.SymlinkTextInputFormat`, outputFormat: textOutput, serde: parquetSerde },
    parameters: { ...zstd, ...byDate(settings) },
    partition: dateFolder('${date}'),
  },
  streaming_events: lines(rawRoots.viewing, settings),
  clickstream_events: lines(rawRoots.clickstream, settings),
  enriched_events: byFamily(lines(roots.enriched, settings)),
});
