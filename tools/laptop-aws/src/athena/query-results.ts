import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from '../aws/aws-error.ts';
import { objectsFolder, placeOf } from '../sql/table-objects.ts';
import { type CsvPage, csvPage, linesPage } from './csv-page.ts';
import { type Execution, isOver, type ResultColumn } from './execution.ts';

/**
 * One page of GetQueryResults, from the result object: of a query the first row is its headings.
 *
 * @throws AwsError InvalidRequestException for a query without a result, and for a token that is not ours
 */
export const queryResults = async (
  dir: string,
  execution: Execution,
  size: number,
  token: string | undefined,
): Promise<object> => {
  const { state, columns, outputLocation } = execution;
  if (!isOver(execution)) throw invalid(`Query has not yet finished. Current state: ${state}`);
  if (state !== 'SUCCEEDED') throw invalid(`Query did not finish successfully. Final query state: ${state}`);
  const { rows, next } =
    outputLocation.endsWith('.csv') || outputLocation.endsWith('.txt')
      ? await read(dir, execution, size, token)
      : { rows: [] };
  return {
    UpdateCount: 0,
    ResultSet: {
      Rows: rows.map((cells) => ({ Data: cells.map((value) => (value === undefined ? {} : { VarCharValue: value })) })),
      ResultSetMetadata: { ColumnInfo: columns.map(describe) },
    },
    ...(next === undefined ? {} : { NextToken: String(next) }),
  };
};

const read = async (
  dir: string,
  { outputLocation }: Execution,
  size: number,
  token = '0',
): Promise<{ rows: CsvPage['rows']; next?: number | undefined }> => {
  if (!/^\d{1,15}$/.test(token)) throw invalid('The token is not one of ours.');
  const { bucket, prefix } = placeOf(outputLocation);
  const file = join(objectsFolder(dir, bucket), `${prefix}.data`);
  if (!existsSync(file)) throw invalid('Could not find results');
  return (outputLocation.endsWith('.csv') ? csvPage : linesPage)(file, Number(token), size);
};

const describe = ({ name, type, precision, scale }: ResultColumn): object => ({
  CatalogName: 'hive',
  SchemaName: '',
  TableName: '',
  Name: name,
  Label: name,
  Type: type,
  Precision: precision,
  Scale: scale,
  Nullable: 'UNKNOWN',
  CaseSensitive: type === 'varchar' || type === 'string',
});

const invalid = (message: string): AwsError => new AwsError('InvalidRequestException', message);
