/**
 * The table functions that statements may call. All others of DuckDB's are refused, those of later versions too: among
 * them are some that write files where the lake lies (`enable_logging`, `enable_profiling`), run SQL from a text
 * (`query`, `json_execute_serialized_sql`), read memory at an address (`arrow_scan`) or change what DuckDB does.
 */
export const readingFunctions: ReadonlySet<string> = new Set([
  ...['range', 'generate_series', 'unnest', 'repeat', 'repeat_row', 'json_each', 'json_tree'],
  // Of files: DuckDB lets them reach the lake's objects alone.
  ...['glob', 'read_blob', 'read_text', 'sniff_csv'],
  ...['read_csv', 'read_csv_auto', 'read_json', 'read_json_auto', 'read_json_objects', 'read_json_objects_auto'],
  ...['read_ndjson', 'read_ndjson_auto', 'read_ndjson_objects', 'read_parquet', 'parquet_scan'],
  ...['parquet_metadata', 'parquet_schema', 'parquet_file_metadata', 'parquet_kv_metadata', 'parquet_full_metadata'],
  // Of the catalog and the settings.
  ...['duckdb_columns', 'duckdb_constraints', 'duckdb_databases', 'duckdb_extensions', 'duckdb_functions'],
  ...['duckdb_indexes', 'duckdb_keywords', 'duckdb_memory', 'duckdb_optimizers', 'duckdb_schemas', 'duckdb_settings'],
  ...['query_table', 'duckdb_tables', 'duckdb_temporary_files', 'duckdb_types', 'duckdb_views', 'pg_timezone_names'],
  ...['icu_calendar_names', 'pragma_database_size', 'pragma_show', 'pragma_storage_info', 'pragma_table_info'],
  ...['pragma_version', 'pragma_platform', 'pragma_collations', 'summary', 'histogram', 'histogram_values'],
]);

/** Functions of single values that have effects: on DuckDB's log, and on how long a statement holds its place. */
export const writingScalars: ReadonlySet<string> = new Set(['write_log', 'sleep_ms']);
