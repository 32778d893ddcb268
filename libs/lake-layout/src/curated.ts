import type { Hour } from './hours.ts';
import { roots } from './roots.ts';

/** The table that compaction fills from raw events. */
const curated = 'telemetry';

/** Where a table's Parquet files lie. */
export const tableFolder = (table: string): string => `${roots.tables}${table}/`;

/** The one object of a table that is replaced whole. */
export const wholeTableKey = (table: string): string => `${tableFolder(table)}part-00000.parquet`;

/** Under it lie the files that compaction wrote, a folder for each of its queries; beside them those of data sets. */
export const runRoot = `${tableFolder(curated)}run-`;
export const runName = (token: string): string => `run-${token}`;
export const runFolder = (token: string): string => `${tableFolder(curated)}${runName(token)}/`;

/** Under it lie the events of all data sets, whichever is in the table. */
export const seedRoot = `${tableFolder(curated)}seed-`;

/** The folder of a day in a table by days. @param date `2026-11-21`, or what stands for it in a template */
export const dateFolder = (date: string): string => `date=${date}/`;

/** The day of the folder that an object lies in, by its key or the path of its file; none for what lies in no such folder. */
export const dateIn = (key: string): string | undefined => /(?:^|[\\/])date=(\d{4}-\d\d-\d\d)[\\/]/.exec(key)?.[1];

/** The day that a data file below a run's folder belongs to; none for what Athena does not read (names with . or _). */
export const dayOfRunFile = (key: string): string | undefined =>
  /\/date=(\d{4}-\d\d-\d\d)\/[^/._][^/]*$/.exec(key)?.[1];

/** Under it lie a table's manifests, one folder a day. */
export const manifestFolder = (table: string): string => `${roots.manifests}${table}/`;

const manifestName = 'files.txt';

/** Where the manifest of a day lies: the object that queries read as the partition's list of files. */
export const manifestKey = (table: string, date: string): string =>
  `${manifestFolder(table)}${dateFolder(date)}${manifestName}`;

/** Whether a key is that of a manifest. */
export const isManifest = (key: string): boolean => key.endsWith(`/${manifestName}`);

/** Under it lie compaction's notes of the hours that are in the table, one object an hour of arrival. */
export const compactedFolder = `${roots.compaction}${curated}/`;
const noteEnd = '.json';
export const compactedKey = (hour: Hour): string => `${compactedFolder}${hour}${noteEnd}`;
/** The hour that such a note tells of. */
export const compactedHourOf = (key: string): Hour => key.slice(compactedFolder.length, -noteEnd.length);

/** Under it lie the checksums of what compaction wrote, an object for each query. They stay as long as the files do. */
export const checksumsFolder = `${roots.checksums}${curated}/`;
/** @param run the name of the query's folder */
export const checksumsKey = (run: string): string => `${checksumsFolder}${run}${noteEnd}`;
