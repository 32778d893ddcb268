import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerPrefix } from '@acme/lambda-kit';
import { objectsFolder } from '@acme/local/sql/table-view';
import type { Columns } from './columns.ts';
import { mayHoldRowsOf, mayTellOf, type Window } from './window.ts';

/** A bucket's objects as files: the laptop's own, or a copy of what AWS has. */
export interface Objects {
  readonly dir: string;
  readonly bucket: string;
  /** Copies these too, where objects are a copy: which ones are needed shows only on the way. */
  readonly bring?: (keys: readonly string[]) => Promise<void>;
}

/** Where an object lies, or would lie. */
export const fileOf = ({ dir, bucket }: Objects, key: string): string =>
  join(objectsFolder(dir, bucket), `${key}.data`);

/** The files of the objects under a prefix, whose key below it passes. */
export const filesOf = (
  { dir, bucket }: Objects,
  prefix: string,
  passes: (key: string) => boolean = () => true,
): string[] => {
  const folder = join(objectsFolder(dir, bucket), prefix);
  if (!existsSync(folder)) return [];
  return globSync('**/*.data', { cwd: folder })
    .filter((file) => passes(file.replaceAll('\\', '/')))
    .sort()
    .map((file) => join(folder, file));
};

/** The ledger entries of a writer that may tell of the window. */
export const ledgerFiles = (objects: Objects, writer: string, window: Window): string[] =>
  filesOf(objects, ledgerPrefix(writer), (key) => mayTellOf(window, key.split('/')[1] ?? ''));

/** The objects with the rows of a sink, as Athena chooses them: names that start with _ or . are left out. */
export const rowFiles = (objects: Objects, prefix: string, window: Window): string[] =>
  filesOf(objects, prefix, (key) => !key.split('/').some((part) => /^[._]/.test(part)) && mayHoldRowsOf(window, key));

/** What reads objects of one JSON value per line, with the `filename` of each; without objects it gives no rows. */
export const readJson = (
  files: readonly string[],
  columns: Columns,
  compression: 'gzip' | 'zstd' | 'uncompressed',
): string => {
  const fields = Object.entries(columns);
  if (files.length === 0) {
    const nothing = fields.map(([name, type]) => `CAST(NULL AS ${type}) AS "${name}"`);
    return `(SELECT ${nothing.join(', ')}, CAST(NULL AS VARCHAR) AS filename WHERE false)`;
  }
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
  const types = fields.map(([name, type]) => `"${name}": '${type}'`).join(', ');
  return `read_json([${list}], columns = {${types}}, format = 'newline_delimited', compression = '${compression}', filename = true)`;
};
