import { AwsError } from '../aws/aws-error.ts';
import type { AwsService } from '../aws/service.ts';
import { type Catalog, emptyCatalog, writeCatalog } from './catalog.ts';
import { glueService } from './service.ts';
import type { DatabaseInput, TableInput } from './table-input.ts';

export interface Glue {
  /** Glue's API, as far as it reads. */
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
  return {
    catalog,
    service: glueService(dir, catalog),
    createDatabase: (name, database) => {
      catalog.databases[name] = { database, tables: {} };
      writeCatalog(dir, catalog);
    },
    createTable: (database, table) => {
      const found = Object.hasOwn(catalog.databases, database) && catalog.databases[database];
      if (!found) throw new AwsError('EntityNotFoundException', 'Database not found.');
      found.tables[table.Name] = table;
      writeCatalog(dir, catalog);
    },
  };
};
