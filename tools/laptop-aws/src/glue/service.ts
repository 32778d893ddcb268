import { RE2JS } from 're2js';
import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import { checkedInput } from '../aws/checked-input.ts';
import { account } from '../aws/identity.ts';
import { jsonService } from '../aws/json-service.ts';
import { page } from '../aws/page.ts';
import type { AwsService } from '../aws/service.ts';
import { matchesWildcard } from '../aws/wildcard.ts';
import { partitionsOf } from '../sql/partitions.ts';
import type { Catalog } from './catalog.ts';
import { partitionsThat } from './partition-expression.ts';
import type { TableInput } from './table-input.ts';

const name = z.string().min(1).max(255);
/** 100 tables or databases and 1000 partitions are what Glue gives at most (API reference). */
const paged = (most: number) => ({
  MaxResults: z.number().int().min(1).max(most).default(most),
  NextToken: z.string().optional(),
});
const GetDatabase = z.looseObject({ Name: name });
const GetDatabases = z.looseObject(paged(100));
const GetTable = z.looseObject({ DatabaseName: name, Name: name });
const GetTables = z.looseObject({ DatabaseName: name, Expression: z.string().max(2048).optional(), ...paged(100) });
const GetPartitions = z.looseObject({
  DatabaseName: name,
  TableName: name,
  Expression: z.string().max(2048).default(''),
  /** One of several lists that together are all of it, for readers side by side. */
  Segment: z
    .object({ SegmentNumber: z.number().int().min(0), TotalSegments: z.number().int().min(1).max(10) })
    .refine(({ SegmentNumber, TotalSegments }) => SegmentNumber < TotalSegments, {
      error: 'SegmentNumber must be less than TotalSegments',
    })
    .default({ SegmentNumber: 0, TotalSegments: 1 }),
  ...paged(1000),
});

/**
 * Glue's API, as far as it reads. Partitions are those that have objects, also of a table whose partitions Athena
 * computes: AWS lists none of such a table.
 *
 * @param dir the platform's state folder
 */
export const glueService = (dir: string, catalog: Catalog): AwsService => {
  const startedAt = Date.now() / 1000;
  const operation = <Input, Output>(schema: z.ZodType<Input>, run: (input: Input) => Output) =>
    checkedInput(schema, run, 'InvalidInputException');
  const databaseOf = (wanted: string): Catalog['databases'][string] => {
    const found = Object.hasOwn(catalog.databases, wanted.toLowerCase()) && catalog.databases[wanted.toLowerCase()];
    if (found) return found;
    throw new AwsError('EntityNotFoundException', 'Database not found.');
  };
  const tableOf = (database: string, wanted: string): TableInput => {
    const { tables } = databaseOf(database);
    const found = Object.hasOwn(tables, wanted.toLowerCase()) && tables[wanted.toLowerCase()];
    if (found) return found;
    throw new AwsError('EntityNotFoundException', 'Table not found.');
  };
  const describeDatabase = (database: string): object => ({
    ...databaseOf(database).database,
    Name: database.toLowerCase(),
    CatalogId: account,
    CreateTime: startedAt,
  });
  const describeTable = (database: string, table: TableInput): object => ({
    ...table,
    TableType: table.TableType ?? 'EXTERNAL_TABLE',
    DatabaseName: database.toLowerCase(),
    CatalogId: account,
    CreateTime: startedAt,
    UpdateTime: startedAt,
  });

  return jsonService({
    GetDatabase: operation(GetDatabase, ({ Name }) => ({ Database: describeDatabase(Name) })),
    GetDatabases: operation(GetDatabases, ({ MaxResults, NextToken }) =>
      page('DatabaseList', Object.keys(catalog.databases).map(describeDatabase), MaxResults, NextToken),
    ),
    GetTable: operation(GetTable, ({ DatabaseName, Name }) => ({
      Table: describeTable(DatabaseName, tableOf(DatabaseName, Name)),
    })),
    GetTables: operation(GetTables, ({ DatabaseName, Expression, MaxResults, NextToken }) => {
      const isWanted = matcher(Expression);
      const tables = Object.values(databaseOf(DatabaseName).tables).filter(({ Name }) => isWanted(Name));
      return page(
        'TableList',
        tables.map((table) => describeTable(DatabaseName, table)),
        MaxResults,
        NextToken,
      );
    }),
    // AWS SDK for pandas removes the table that it meant to make, also when the query that makes it was refused.
    DeleteTable: operation(GetTable, ({ DatabaseName, Name }) => {
      tableOf(DatabaseName, Name);
      throw new AwsError(
        'InvalidInputException',
        `The table ${Name} is its template's: take it out there, and start again.`,
      );
    }),
    GetPartitions: operation(
      GetPartitions,
      async ({ DatabaseName, TableName, Expression, Segment, MaxResults, NextToken }) => {
        const table = tableOf(DatabaseName, TableName);
        const { SegmentNumber, TotalSegments } = Segment;
        const wanted = (await partitionsThat(Expression, table, await partitionsOf(dir, table))).filter(
          (_, index) => index % TotalSegments === SegmentNumber,
        );
        const partitions = wanted.map(({ values, location }) => ({
          Values: values,
          DatabaseName: DatabaseName.toLowerCase(),
          TableName: table.Name,
          CatalogId: account,
          CreationTime: startedAt,
          StorageDescriptor: { ...table.StorageDescriptor, Location: location },
        }));
        return page('Partitions', partitions, MaxResults, NextToken);
      },
    ),
  });
};

/**
 * Glue takes a regular expression for the names of tables, and clients send what is none: in `c*` or `*event*`, of letters,
 * `|` and `*` alone, a star stands for anything. RE2 runs the others in a time that grows with the name's length.
 */
const matcher = (expression: string | undefined): ((text: string) => boolean) => {
  if (expression === undefined) return () => true;
  if (/^[\w|*]*$/.test(expression)) {
    const patterns = expression.toLowerCase().split('|');
    return (text) => patterns.some((pattern) => matchesWildcard(pattern, text));
  }
  try {
    const pattern = RE2JS.compile(expression);
    return (text) => pattern.matches(text);
  } catch {
    throw new AwsError(
      'InvalidInputException',
      'Expression: is not a regular expression of RE2 (github.com/google/re2)',
    );
  }
};
