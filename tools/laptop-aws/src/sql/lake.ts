import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readCatalog } from '../glue/catalog.ts';
import { quotedName, quotedText } from './column-type.ts';
import { openDuckDb } from './open-duckdb.ts';
import { type OpenedTables, openTables } from './scan.ts';
import { bucketsFolder, locationOf, objectsFolder } from './table-objects.ts';
import { definitions } from './trino/functions.ts';

/** There is no lake in the state folder. */
export class NoLakeError extends Error {
  override readonly name = 'NoLakeError';
}

export interface LakeOptions {
  /** The platform's state folder. */
  readonly dir: string;
  /** Whether rows come in the order of the objects; counting needs less memory without. @default true */
  readonly inOrder?: boolean;
  /**
   * The one statement that will be run, in DuckDB's words: only the objects that it needs are then made ready.
   * @default any: every table can be read whole
   */
  readonly sql?: string | undefined;
  /** Refuses a statement by throwing, before anything is made ready for it. @default nothing is refused */
  readonly check?: (connection: DuckDBConnection) => Promise<void>;
  /** Where tables without a database are looked for first. @default the first of the catalog */
  readonly database?: string | undefined;
  /** Whether tables have the column `$path`. @default false */
  readonly hasPath?: boolean;
  /** A folder that may be written to with COPY. @default none */
  readonly output?: string | undefined;
  /** Whether an object that is broken as a whole ends the statement. @default false: it is left out */
  readonly failsOnBroken?: boolean | undefined;
}

/** What a query may take before it goes on in a temporary folder, which DuckDB empties behind it. */
const memoryLimit = '1500MB';

/**
 * Opens the lake of a state folder in a DuckDB of its own, beside a running platform or without one: the tables of
 * the catalog as views on their objects, as they lie there now, and Athena's functions. Locked: no file but the lake's
 * objects, no extension, no setting can be reached from SQL. That the SQL only reads is for `statement.ts`.
 *
 * @param use gets what the statement is going to read, and what it cannot read: see `openTables`
 * @throws NoLakeError when the platform never ran in this folder
 */
export const withLake = async <Result>(
  { dir: folder, inOrder = true, sql, check, database, hasPath = false, output, failsOnBroken = false }: LakeOptions,
  use: (connection: DuckDBConnection, opened: OpenedTables) => Promise<Result>,
): Promise<Result> => {
  const dir = resolve(folder);
  const catalog = readCatalog(dir);
  if (!catalog) {
    throw new NoLakeError(
      existsSync(dir)
        ? `There is no lake in ${folder} yet: run npm start first, or name the folder it ran in with --dir.`
        : `There is no folder ${folder}: run npm start first, or name the folder it ran in with --dir.`,
    );
  }
  const scratch = mkdtempSync(join(tmpdir(), 'acme-sql-'));
  const instance = await openDuckDb(':memory:', { temp_directory: scratch, memory_limit: memoryLimit });
  const connection = await instance.connect();
  try {
    const names = Object.keys(catalog.databases);
    const tables = Object.entries(catalog.databases).flatMap(([name, { tables: inDatabase }]) =>
      Object.values(inDatabase).map((table) => ({ database: name, table })),
    );
    const schemas = names.map((name) => `CREATE SCHEMA IF NOT EXISTS ${quotedName(name)};`);
    // Athena's name for the catalog of Glue.
    const catalogName = `ATTACH ':memory:' AS awsdatacatalog; USE awsdatacatalog;`;
    await connection.run([catalogName, ...schemas, definitions()].join('\n'));
    const searched = [...new Set([...(database === undefined ? [] : [database]), ...names])];
    const folders = [
      ...new Set(tables.map(({ table }) => objectsFolder(dir, locationOf(table).bucket))),
      bucketsFolder(dir),
      scratch,
      ...(output === undefined ? [] : [output]),
    ];
    await set(connection, [
      `search_path = ${quotedText([...searched.map(quotedName), 'main'].join(','))}`,
      // 7 / 2 is 3 in Athena.
      'integer_division = true',
      `TimeZone = 'UTC'`,
      `preserve_insertion_order = ${inOrder}`,
      `allowed_directories = [${folders.map((each) => quotedText(join(each, '/'))).join(', ')}]`,
      'autoinstall_known_extensions = false',
      'autoload_known_extensions = false',
      'allow_community_extensions = false',
      'enable_external_access = false',
    ]);
    await check?.(connection);
    const opened = await openTables(connection, { dir, tables, sql, hasPath, failsOnBroken, scratch });
    await set(connection, ['lock_configuration = true']);
    return await use(connection, opened);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(scratch, { recursive: true, force: true });
  }
};

const set = async (connection: DuckDBConnection, settings: readonly string[]): Promise<void> => {
  for (const setting of settings) await connection.run(`SET ${setting}`);
};
