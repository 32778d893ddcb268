import { AwsError } from '../aws/aws-error.ts';
import { account } from '../aws/identity.ts';
import { jsonService } from '../aws/json-service.ts';
import type { AwsService } from '../aws/service.ts';
import { type Catalog, emptyCatalog, writeCatalog } from './catalog.ts';
import type { DatabaseInput, TableInput } from './table-input.ts';

export interface Glue {
  /** Glue's API, as far as it reads databases and tables. */
  readonly service: AwsService;
  readonly catalog: Catalog;
  createDatabase(name: string, input: DatabaseInput): void;
  /** @throws AwsError EntityNotFoundException when the database is missing */
  createTable(database: string, input: TableInput): void;
}

/**
 * Glue's catalog, built anew from the templates at each start and kept in `<dir>/glue/catalog.json`.
 *
 * @param dir the platform's state folder
 */
export const openGlue = ({ dir }: { readonly dir: string }): Glue => {
  const catalog = emptyCatalog();
  const startedAt = Date.now() / 1000;
  const databaseOf = (name: unknown): Catalog['databases'][string] => {
    const database = typeof name === 'string' && Object.hasOwn(catalog.databases, name) && catalog.databases[name];
    if (database) return database;
    throw new AwsError('EntityNotFoundException', 'Database not found.');
  };
  const describeDatabase = (name: string): object => ({
    ...databaseOf(name).database,
    Name: name,
    CatalogId: account,
    CreateTime: startedAt,
  });
  const describeTable = (database: string, table: TableInput): object => ({
    ...table,
    DatabaseName: database,
    CatalogId: account,
    CreateTime: startedAt,
    UpdateTime: startedAt,
  });

  return {
    catalog,
    createDatabase: (name, database) => {
      catalog.databases[name] = { database, tables: {} };
      writeCatalog(dir, catalog);
    },
    createTable: (database, table) => {
      databaseOf(database).tables[table.Name] = table;
      writeCatalog(dir, catalog);
    },
    service: jsonService({
      GetDatabase: ({ Name }: { Name?: string }) => {
        databaseOf(Name);
        return { Database: describeDatabase(Name as string) };
      },
      GetDatabases: () => ({ DatabaseList: Object.keys(catalog.databases).map(describeDatabase) }),
      GetTable: ({ DatabaseName, Name }: { DatabaseName?: string; Name?: string }) => {
        const { tables } = databaseOf(DatabaseName);
        const table = typeof Name === 'string' && Object.hasOwn(tables, Name) && tables[Name];
        if (!table) throw new AwsError('EntityNotFoundException', 'Table not found.');
        return { Table: describeTable(DatabaseName as string, table) };
      },
      GetTables: ({ DatabaseName }: { DatabaseName?: string }) => ({
        TableList: Object.values(databaseOf(DatabaseName).tables).map((table) =>
          describeTable(DatabaseName as string, table),
        ),
      }),
    }),
  };
};
