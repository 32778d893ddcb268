import { DuckDBInstance } from '@duckdb/node-api';
import accessors from '@duckdb/node-api/lib/vectors/dataAccessors.js';

/**
 * Opens a DuckDB whose texts come as they are.
 *
 * Its client (1.5.6) reads texts with a TextDecoder that takes U+FEFF at their start for a byte-order mark, and drops it.
 * So it gets one that does not (`ignoreBOM`, WHATWG Encoding): a value that begins with it is another one without.
 */
export const openDuckDb: typeof DuckDBInstance.create = (...options) => {
  Object.assign(accessors, { textDecoder: new TextDecoder('utf-8', { ignoreBOM: true }) });
  return DuckDBInstance.create(...options);
};
