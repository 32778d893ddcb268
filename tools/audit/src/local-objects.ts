import { readCatalog } from '@acme/local/glue/catalog';
import { NoLakeError } from '@acme/local/sql/lake';
import { locationOf } from '@acme/local/sql/table-view';
import type { Objects } from './objects.ts';

/**
 * The lake's bucket of a platform on this machine, whether or not it runs.
 *
 * @throws NoLakeError when none ever ran on this folder
 */
export const localObjects = (dir: string): Objects => {
  const table = readCatalog(dir)?.databases.acme_telemetry?.tables.streaming_events;
  if (!table) throw new NoLakeError(`There is no lake in ${dir}: run npm start first, or name its folder with --dir.`);
  return { dir, bucket: locationOf(table).bucket };
};
