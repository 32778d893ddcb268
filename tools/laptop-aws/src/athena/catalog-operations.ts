import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import { checkedInput } from '../aws/checked-input.ts';
import type { Operations } from '../aws/json-service.ts';
import { page } from '../aws/page.ts';
import { matchesWildcard } from '../aws/wildcard.ts';
import { type Catalog, readCatalog } from '../glue/catalog.ts';
import type { TableInput } from '../glue/table-input.ts';

/** The one data catalog that there is: Glue's. */
const glue = { Name: 'AwsDataCatalog', Type: 'GLUE' } as const;

const paged = { MaxResults: z.number().int().min(1).max(50).default(50), NextToken: z.string().optional() };
const ofCatalog = { CatalogName: z.string().min(1) };
const ofDatabase = { ...ofCatalog, DatabaseName: z.string().min(1) };

const GetDataCatalog = z.looseObject({ Name: z.string().min(1) });
const ListDataCatalogs = z.looseObject(paged);
const ListDatabases = z.looseObject({ ...ofCatalog, ...paged });
const GetDatabase = z.looseObject(ofDatabase);
const ListTableMetadata = z.looseObject({ ...ofDatabase, Expression: z.string().max(256).optional(), ...paged });
const GetTableMetadata = z.looseObject({ ...ofDatabase, TableName: z.string().min(1) });

/**
 * What drivers ask of Athena about its catalog: data catalogs, databases, tables and their columns.
 *
 * @param dir the platform's state folder
 */
export const catalogOperations = (dir: string): Operations => {
  const operation = <Input, Output>(schema: z.ZodType<Input>, run: (input: Input) => Output) =>
    checkedInput(schema, run, 'InvalidRequestException');
  const checkCatalog = (name: string): void => {
    if (name.toLowerCase() !== glue.Name.toLowerCase())
      throw new AwsError('InvalidRequestException', `Data catalog ${name} was not found; there is ${glue.Name}.`);
  };
  const databases = (): Catalog['databases'] => readCatalog(dir)?.databases ?? {};
  const databaseOf = (catalog: string, wanted: string): Catalog['databases'][string] => {
    checkCatalog(catalog);
    const known = databases();
    const found = Object.hasOwn(known, wanted.toLowerCase()) ? known[wanted.toLowerCase()] : undefined;
    return found ?? missing(`Database ${wanted} not found.`);
  };

  return {
    ListDataCatalogs: operation(ListDataCatalogs, ({ MaxResults, NextToken }) =>
      page('DataCatalogsSummary', [{ CatalogName: glue.Name, Type: glue.Type }], MaxResults, NextToken),
    ),
    GetDataCatalog: operation(GetDataCatalog, ({ Name }) => {
      checkCatalog(Name);
      return { DataCatalog: glue };
    }),
    ListDatabases: operation(ListDatabases, ({ CatalogName, MaxResults, NextToken }) => {
      checkCatalog(CatalogName);
      const all = Object.entries(databases()).map(([name, { database }]) => described(name, database));
      return page('DatabaseList', all, MaxResults, NextToken);
    }),
    GetDatabase: operation(GetDatabase, ({ CatalogName, DatabaseName }) => ({
      Database: described(DatabaseName.toLowerCase(), databaseOf(CatalogName, DatabaseName).database),
    })),
    ListTableMetadata: operation(
      ListTableMetadata,
      ({ CatalogName, DatabaseName, Expression = '', MaxResults, NextToken }) => {
        const all = Object.values(databaseOf(CatalogName, DatabaseName).tables);
        // A pattern, which a name has to hold: `*` stands for anything.
        const wanted = all.filter(({ Name }) => matchesWildcard(`*${Expression.toLowerCase()}*`, Name));
        return page('TableMetadataList', wanted.map(metadataOf), MaxResults, NextToken);
      },
    ),
    GetTableMetadata: operation(GetTableMetadata, ({ CatalogName, DatabaseName, TableName }) => {
      const { tables } = databaseOf(CatalogName, DatabaseName);
      const found = Object.hasOwn(tables, TableName.toLowerCase()) ? tables[TableName.toLowerCase()] : undefined;
      return { TableMetadata: metadataOf(found ?? missing(`Table ${TableName} not found.`)) };
    }),
  };
};

/** In Athena's own words of what Glue told it: PyAthena reads the code out of the brackets. */
const missing = (message: string): never => {
  const told = `Service: AmazonDataCatalog; Status Code: 400; Error Code: EntityNotFoundException; Request ID: ${randomUUID()}; Proxy: null`;
  throw new AwsError('MetadataException', `${message} (${told})`);
};

const described = (name: string, { Description, Parameters }: Catalog['databases'][string]['database']): object => ({
  Name: name,
  ...(Description === undefined ? {} : { Description }),
  Parameters: Parameters ?? {},
});

const metadataOf = ({ Name, TableType, StorageDescriptor, PartitionKeys, Parameters }: TableInput): object => {
  const column = ({ Name: name, Type, Comment }: TableInput['PartitionKeys'][number]): object => ({
    Name: name,
    Type,
    ...(Comment === undefined ? {} : { Comment }),
  });
  const { Location, InputFormat, OutputFormat, SerdeInfo } = StorageDescriptor;
  return {
    Name,
    TableType: TableType ?? 'EXTERNAL_TABLE',
    Columns: StorageDescriptor.Columns.map(column),
    PartitionKeys: PartitionKeys.map(column),
    Parameters: {
      ...Parameters,
      location: Location,
      inputformat: InputFormat ?? '',
      outputformat: OutputFormat ?? '',
      'serde.serialization.lib': SerdeInfo.SerializationLibrary,
    },
  };
};
