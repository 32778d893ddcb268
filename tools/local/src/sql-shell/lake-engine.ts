import { relative } from 'node:path';
import { emptyCatalog, queryLake, readCatalog, readDefinitions, streamLake, withLake } from '@acme/laptop-aws/sql';
import type { SqlEngine } from './sql-engine.ts';

/** The lake of a state folder, beside a running platform or without one. */
export const lakeEngine = (dir: string): SqlEngine => ({
  place: `the lake in ${shortest(dir)}`,
  run: async ({ sql, maxRows, signal }, take) => {
    const started = performance.now();
    try {
      if (maxRows !== undefined) {
        const { columns, rows, ...cost } = await queryLake({ dir, sql, maxRows, signal });
        await take(rows, columns);
        return cost;
      }
      let isTaken = false;
      const { columns, ...cost } = await streamLake({ dir, sql, signal }, async (rows, of) => {
        isTaken = true;
        await take(rows, of);
      });
      if (!isTaken) await take([], columns);
      return { elapsedMs: performance.now() - started, ...cost };
    } catch (error) {
      signal?.throwIfAborted(); // DuckDB's word for it is an error of the statement
      throw error;
    }
  },
  tables: async () => {
    const catalog = readCatalog(dir) ?? (await withLake({ dir }, () => Promise.resolve(emptyCatalog()))); // says what is missing
    return Object.values(catalog.databases)
      .flatMap(({ tables }) => Object.values(tables))
      .map(({ Name, Description, PartitionKeys, StorageDescriptor: { Columns } }) => ({
        name: Name,
        description: Description ?? '',
        columns: [...Columns, ...PartitionKeys].map(({ Name: name, Type, Comment }, index) => ({
          name,
          type: Type,
          comment: Comment ?? '',
          isPartitionKey: index >= Columns.length,
        })),
      }));
  },
  namedQueries: async () =>
    readDefinitions(dir).namedQueries.map(({ name, query, description }) => ({
      name,
      sql: query,
      description: description ?? '',
    })),
});

/** A folder as a person would name it from here. */
const shortest = (dir: string): string => {
  const way = relative(process.cwd(), dir);
  return way.startsWith('..') ? dir : way || '.';
};
