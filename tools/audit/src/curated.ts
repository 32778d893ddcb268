import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CompactedHour, compactedHourPrefix } from '@acme/lambda-kit';
import type { Database } from './database.ts';
import { fileOf, filesOf, type Objects, readJson, rowFiles } from './objects.ts';
import type { Window } from './window.ts';

const rawPrefix = 'telemetry/';
const manifestPrefix = 'manifests/telemetry/';
/** Under it lie the files that compaction wrote; the others are the batch data set's. */
const runPrefix = 'tables/telemetry/run-';

/**
 * Loads what is on record about `telemetry`, the curated table, once the loader's records are loaded.
 *
 * - `raw_state`: every raw event, by a hash of its id: whether compaction says that it is done, and whether it happened
 *   before the table's first day
 * - `curated_rows`, a view: the rows of the table, by its manifests, a file that is listed twice twice
 * - `curated`: its events, by a hash of their ids
 * - `gone`: files that a manifest lists and that are not there
 *
 * With a window, only the days on which its raw events happened are loaded.
 */
export const loadCurated = async (database: Database, objects: Objects, window: Window): Promise<void> => {
  const isWhole = window.fromMs === undefined && window.toMs === undefined;
  const raw = readJson(
    rowFiles(objects, rawPrefix, window),
    { event_id: 'VARCHAR', event_timestamp: 'VARCHAR' },
    'gzip',
  );
  await insert(database, 'compacted', { path: 'VARCHAR', first_day: 'VARCHAR' }, compactedObjects(objects));
  await database.run(`
    CREATE TABLE raw_state AS
    SELECT hash(event_id) AS key, bool_or(COALESCE(day >= first_day, false)) AS "isDue",
           bool_or(COALESCE(day < first_day, false)) AS "isBefore", any_value(day) AS day
    FROM (SELECT event_id, event_timestamp[:10] AS day, filename FROM ${raw}) LEFT JOIN compacted ON path = filename
    GROUP BY ALL`);
  const days = await database.rows<{ day: string }>('SELECT DISTINCT day FROM raw_state WHERE day IS NOT NULL');
  const listed = listedFiles(objects, isWhole ? undefined : new Set(days.map(({ day }) => day)));
  await objects.bring?.(listed.flatMap(({ key, path }) => (existsSync(path) ? [] : key)));
  const there = listed.filter(({ path }) => existsSync(path));
  await insert(
    database,
    'listed',
    { path: 'VARCHAR', date: 'VARCHAR', is_run: 'BOOLEAN' },
    there.map(({ path, date, key }) => [path, date, String(key.startsWith(runPrefix))]),
  );
  await insert(
    database,
    'gone',
    { name: 'VARCHAR' },
    listed.flatMap(({ path, key }) => (existsSync(path) ? [] : [[`s3://${objects.bucket}/${key}`]])),
  );
  const paths = [...new Set(there.map(({ path }) => path))];
  await database.run(
    `CREATE VIEW curated_rows AS ${
      paths.length === 0
        ? 'SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS day, NULL::VARCHAR AS date, NULL::BOOLEAN AS is_run WHERE false'
        : `SELECT event_id AS id, event_timestamp[:10] AS day, listed.date, is_run
         FROM read_parquet([${paths.map(quoted).join(', ')}], filename = true, union_by_name = true, hive_partitioning = false) AS file
         JOIN listed ON path = filename`
    }`,
  );
  await database.run(`
    CREATE TABLE curated AS
    SELECT hash(id) AS key, COUNT(*) AS copies, bool_or(is_run) AS "isRun", bool_or(day <> date) AS "isMisfiled"
    FROM curated_rows GROUP BY ALL`);
};

/** The raw objects that are on record as compacted, with the first day that the table had then. */
const compactedObjects = (objects: Objects): string[][] =>
  filesOf(objects, compactedHourPrefix).flatMap((file) => {
    const { hour, objects: names, firstDay } = CompactedHour.parse(JSON.parse(readFileSync(file, 'utf8')));
    const [year, month, day, hh] = hour.split(/[-T]/);
    const folder = `${rawPrefix}year=${year}/month=${month}/day=${day}/hour=${hh}/`;
    return names.map((name) => [fileOf(objects, `${folder}${name}`), firstDay]);
  });

/** Every line of the manifests of these days, or of all. */
const listedFiles = (
  objects: Objects,
  days: ReadonlySet<string> | undefined,
): { readonly key: string; readonly path: string; readonly date: string }[] =>
  filesOf(objects, manifestPrefix, (key) => basename(key) === 'files.txt.data').flatMap((file) => {
    const [, date = ''] = /[\\/]date=([^\\/]+)[\\/]/.exec(file) ?? [];
    if (days !== undefined && !days.has(date)) return [];
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => {
      const key = line.slice(`s3://${objects.bucket}/`.length);
      return { key, path: fileOf(objects, key), date };
    });
  });

/** Makes a table of these rows. */
const insert = async (
  database: Database,
  table: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly (readonly string[])[],
): Promise<void> => {
  const fields = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  await database.run(`CREATE TABLE ${table} (${fields.join(', ')})`);
  for (let first = 0; first < rows.length; first += 1000) {
    const values = rows.slice(first, first + 1000).map((row) => `(${row.map(quoted).join(', ')})`);
    await database.run(`INSERT INTO ${table} VALUES ${values.join(', ')}`);
  }
};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
