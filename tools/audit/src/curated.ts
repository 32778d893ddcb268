import { existsSync, statSync } from 'node:fs';
import { compactedFolder, hourIn, hourMs, rawFolder, rawRoots, runRoot, startOf } from '@acme/lake-layout';
import { CompactedHour } from '@acme/lambda-kit';
import type { Database } from './database.ts';
import { listedFiles } from './listed-files.ts';
import { readNotes } from './notes.ts';
import { fileOf, instantOf, keyOf, type Objects, readRows, rowFiles } from './objects.ts';
import { type Finding, findingOf } from './report.ts';
import type { Window } from './window.ts';

/** So long after its hour, and after it has landed, an event may wait: compaction runs every hour, and takes minutes. */
const patienceMs = 2 * hourMs;

/**
 * Loads what is on record about `telemetry`, the curated table, once the loader's records are loaded. An event is its id
 * and its instant: `key` is a hash of both, `id_key` one of the id.
 *
 * - `raw_state`: every raw event: whether compaction says that it is done, whether it happened before the table's first
 *   day, and whether it has waited for too long
 * - `curated_rows`, a view: the rows of the table, by its manifests, a file that is listed twice twice
 * - `curated`: its events
 * - `gone`: files that a manifest lists and that are not there
 *
 * With a window, only the days on which its raw events happened are loaded.
 *
 * @param nowMs what has landed is judged against it
 * @returns what could not be read, by name; the listed files; the first day that compaction noted last
 */
export const loadCurated = async (
  database: Database,
  objects: Objects,
  window: Window,
  nowMs: number,
): Promise<{ findings: Finding[]; files: string[]; firstDay: string | undefined }> => {
  const isWhole = window.fromMs === undefined && window.toMs === undefined;
  const notes = readNotes(objects, compactedFolder, CompactedHour);
  const firstDayOf = new Map(notes.read.flatMap(({ value }) => compactedFiles(objects, value)));
  const raw = rowFiles(objects, rawRoots.viewing, window);
  await insert(
    database,
    'raw_objects',
    { path: 'VARCHAR', first_day: 'VARCHAR', since_ms: 'BIGINT' },
    raw.map((file) => [file, firstDayOf.get(file), String(waitsSince(objects, file))]),
  );
  await database.run(`
    CREATE OR REPLACE TABLE raw_state AS
    SELECT hash(event_id, instant) AS key, any_value(hash(event_id)) AS id_key,
           bool_or(COALESCE(day >= first_day, false)) AS "isDue", bool_or(COALESCE(day < first_day, false)) AS "isBefore",
           bool_or(first_day IS NULL AND since_ms + ${patienceMs} < ${nowMs}) AS "isOverdue", any_value(day) AS day
    FROM (SELECT event_id, event_timestamp[:10] AS day, ${instantOf('event_timestamp')} AS instant, filename
          FROM ${readRows(raw, { event_id: 'VARCHAR', event_timestamp: 'VARCHAR' })} WHERE event_id IS NOT NULL)
    JOIN raw_objects ON path = filename GROUP BY event_id, instant`);
  const days = await database.rows<{ day: string }>('SELECT DISTINCT day FROM raw_state WHERE day IS NOT NULL');
  const { listed, strange } = listedFiles(objects, isWhole ? undefined : new Set(days.map(({ day }) => day)));
  await objects.bring?.(listed.flatMap(({ key, path }) => (existsSync(path) ? [] : key)));
  const there = listed.filter(({ path }) => existsSync(path));
  await insert(
    database,
    'listed',
    { path: 'VARCHAR', date: 'VARCHAR', is_run: 'BOOLEAN' },
    there.map(({ path, date, key }) => [path, date, String(key.startsWith(runRoot))]),
  );
  await insert(
    database,
    'gone',
    { name: 'VARCHAR' },
    listed.flatMap(({ path, key }) => (existsSync(path) ? [] : [[`s3://${objects.bucket}/${key}`]])),
  );
  const files = [...new Set(there.map(({ path }) => path))];
  const broken = await loadRows(database, files);
  const lastNote = notes.read
    .map(({ value }) => value)
    .sort((one, other) => (one.hour < other.hour ? -1 : 1))
    .at(-1);
  return {
    findings: [
      ...findingOf('compaction', 'notes that cannot be read', notes.broken),
      ...findingOf('telemetry', 'lines of manifests that name no file of the bucket', strange),
      ...findingOf(
        'telemetry',
        'files that cannot be read',
        broken.map((file) => `s3://${objects.bucket}/${keyOf(objects, file)}`),
      ),
    ],
    files,
    firstDay: lastNote?.firstDay,
  };
};

/** Loads the rows of the table; files that are no Parquet are left out. @returns these */
const loadRows = async (database: Database, files: readonly string[]): Promise<string[]> => {
  try {
    await database.run(curatedRows(files));
    await database.run(curated);
    return [];
  } catch (error) {
    const broken: string[] = [];
    for (const file of files) {
      const whole = `SELECT MAX(length(event_id)), MAX(length(event_timestamp)) FROM read_parquet(${quoted(file)})`;
      await database.rows(whole).catch(() => broken.push(file));
    }
    if (broken.length === 0) throw error;
    await database.run(curatedRows(files.filter((file) => !broken.includes(file))));
    await database.run(curated);
    return broken;
  }
};

const curatedRows = (files: readonly string[]): string =>
  `CREATE OR REPLACE VIEW curated_rows AS ${
    files.length === 0
      ? 'SELECT NULL::VARCHAR AS id, NULL::BIGINT AS instant, NULL::VARCHAR AS day, NULL::VARCHAR AS date, NULL::BOOLEAN AS is_run WHERE false'
      : `SELECT event_id AS id, ${instantOf('event_timestamp')} AS instant, event_timestamp[:10] AS day, listed.date, is_run
         FROM read_parquet([${files.map(quoted).join(', ')}], filename = true, union_by_name = true, hive_partitioning = false) AS file
         JOIN listed ON path = filename`
  }`;

const curated = `
CREATE OR REPLACE TABLE curated AS
SELECT hash(id, instant) AS key, any_value(hash(id)) AS id_key, COUNT(*) AS copies, bool_or(is_run) AS "isRun",
       bool_or(day <> date) AS "isMisfiled"
FROM curated_rows GROUP BY id, instant`;

/** The raw objects that are on record as compacted, with the first day that the table had then. */
const compactedFiles = (objects: Objects, { hour, objects: names, firstDay }: CompactedHour): [string, string][] => {
  return names.map((name) => [fileOf(objects, `${rawFolder('viewing', hour)}${name}`), firstDay]);
};

/** From when on the events of a raw object wait for compaction, ms UTC: the end of its hour, or when it has landed. */
const waitsSince = (objects: Objects, file: string): number => {
  const hour = hourIn(keyOf(objects, file));
  return Math.max(hour === undefined ? 0 : startOf(hour) + hourMs, Math.floor(statSync(file).mtimeMs));
};

/** Makes a table of these rows. */
const insert = async (
  database: Database,
  table: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly (readonly (string | undefined)[])[],
): Promise<void> => {
  const fields = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  await database.run(`CREATE OR REPLACE TABLE ${table} (${fields.join(', ')})`);
  for (let first = 0; first < rows.length; first += 1000) {
    const values = rows
      .slice(first, first + 1000)
      .map((row) => `(${row.map((value) => (value === undefined ? 'NULL' : quoted(value))).join(', ')})`);
    await database.run(`INSERT INTO ${table} VALUES ${values.join(', ')}`);
  }
};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
