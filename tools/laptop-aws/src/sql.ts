// Athena without its API: SQL over the tables and objects on the disk.
export { readDefinitions, writeDefinitions } from './athena/definitions.ts';
export { emptyCatalog, readCatalog } from './glue/catalog.ts';
export { TableInput } from './glue/table-input.ts';
export { duckDbType, quotedName, quotedText } from './sql/column-type.ts';
export { fitted } from './sql/column-widths.ts';
export { NoLakeError, withLake } from './sql/lake.ts';
export { openDuckDb } from './sql/open-duckdb.ts';
export { type Column, queryLake, type QueryResult, type Row, streamLake } from './sql/query-lake.ts';
export { plainly, SqlError } from './sql/sql-error.ts';
export { objectsFolder } from './sql/table-objects.ts';
export { locationOf } from './sql/table-view.ts';
export { withStatement } from './sql/with-statement.ts';
