import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { readCatalog } from '../glue/catalog.ts';
import { quotedName, quotedText } from './column-type.ts';
import { createView, locationOf, objectsFolder } from './table-view.ts';

/** There is no lake in the state folder. */
export class NoLakeError extends Error {
  override readonly name = 'NoLakeError';
}

/** What a query may take before it goes on in a temporary folder, which DuckDB empties behind it. */
const memoryLimit = '1500MB';

/**
 * Opens the lake of a state folder in a DuckDB of its own, beside a running platform or without one: the tables of
 * the catalog as views on their objects, as they lie there now. Locked: no file but the lake's objects, no extension,
 * no setting can be reached from SQL. That the SQL only reads is for `checkStatement`.
 *
 * @param inOrder whether rows come in the order of the objects; counting needs less memory without
 * @throws NoLakeError when the platform never ran in this folder
 */
export const withLake = async <Result>(
  { dir, inOrder = true }: { readonly dir: string; readonly inOrder?: boolean },
  use: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> => {
  const catalog = readCatalog(dir);
  if (!catalog) {
    throw new NoLakeError(
      existsSync(dir)
        ? `There is no lake in ${dir} yet: run npm start first, or name the folder it ran in with --dir.`
        : `There is no folder ${dir}: run npm start first, or name the folder it ran in with --dir.`,
    );
  }
  const overflow = mkdtempSync(join(tmpdir(), 'acme-sql-'));
  const instance = await DuckDBInstance.create(':memory:', { temp_directory: overflow, memory_limit: memoryLimit });
  const connection = await instance.connect();
  try {
    const databases = Object.entries(catalog.databases);
    const tables = databases.flatMap(([, database]) => Object.values(database.tables));
    for (const [name, database] of databases) {
      await connection.run(`CREATE SCHEMA IF NOT EXISTS ${quotedName(name)}`);
      for (const table of Object.values(database.tables)) await connection.run(createView(resolve(dir), name, table));
    }
    const searchPath = [...databases.map(([name]) => quotedName(name)), 'main'].join(',');
    const folders = [...new Set(tables.map((table) => objectsFolder(resolve(dir), locationOf(table).bucket)))];
    const locks = [
      `search_path = ${quotedText(searchPath)}`,
      // 7 / 2 is 3 in Athena.
      'integer_division = true',
      `TimeZone = 'UTC'`,
      `preserve_insertion_order = ${inOrder}`,
      `allowed_directories = [${folders.map((folder) => quotedText(join(folder, '/'))).join(', ')}]`,
      'autoinstall_known_extensions = false',
      'autoload_known_extensions = false',
      'allow_community_extensions = false',
      'enable_external_access = false',
      'lock_configuration = true',
    ];
    for (const setting of locks) await connection.run(`SET ${setting}`);
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(overflow, { recursive: true, force: true });
  }
};
