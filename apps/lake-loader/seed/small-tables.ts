import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wholeTableKey } from '@acme/lake-layout';
import { glueColumnsOf, tables } from '@acme/telemetry-schema';
import { HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { copyToParquet, openDuckDb, sqlText } from './parquet.ts';
import { selectList, sqlType } from './select-list.ts';

export type SmallTable = 'customers' | 'titles' | 'campaigns';

/** What a table has after seeding. */
export interface TableReport {
  readonly table: string;
  readonly rows: number;
  readonly objects: number;
  /** Of those, written in this run; the others were there. */
  readonly written: number;
  readonly bytes: number;
  readonly ms: number;
}

/** A small table that is ready to be put into the lake. */
export interface ReadyTable {
  readonly table: SmallTable;
  readonly rows: number;
  readonly body: Buffer;
  readonly ms: number;
}

/** @param makeRows in the order of their ids */
export const readyTable = async (table: SmallTable, makeRows: () => readonly object[]): Promise<ReadyTable> => {
  const startedMs = performance.now();
  const rows = makeRows();
  const body = await smallTableBytes(table, rows);
  return { table, rows: rows.length, body, ms: performance.now() - startedMs };
};

/** Replaces a small table; an object that has just these bytes is left. */
export const putTable = async (
  s3: S3Client,
  bucket: string,
  { table, rows, body, ms }: ReadyTable,
): Promise<TableReport> => {
  const startedMs = performance.now();
  const written = Number(await putIfOther(s3, bucket, wholeTableKey(table), body));
  return { table, rows, objects: 1, written, bytes: body.length, ms: ms + performance.now() - startedMs };
};

/** Rows of a table as the bytes of a Parquet file: its columns, in its order and types. */
export const smallTableBytes = async (name: SmallTable, rows: readonly object[]): Promise<Buffer> => {
  const folder = await mkdtemp(join(tmpdir(), 'acme-seed-'));
  try {
    const [lines, file] = [join(folder, 'rows.ndjson'), join(folder, 'rows.parquet')];
    await writeFile(lines, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const columns = glueColumnsOf(tables[name].schema);
    const types = columns.map((column) => `${sqlText(column.name)}: ${sqlText(sqlType(column.type))}`).join(', ');
    const read = `read_json(${sqlText(lines)}, format = 'newline_delimited', columns = {${types}})`;
    const made = Object.fromEntries(columns.map((column) => [column.name, `"${column.name}"`]));
    const duckDb = await openDuckDb();
    await copyToParquet(duckDb, `SELECT ${selectList(columns, made)} FROM ${read}`, file);
    duckDb.closeSync();
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Puts an object unless it has just these bytes; says whether it did. */
const putIfOther = async (s3: S3Client, bucket: string, key: string, body: Buffer): Promise<boolean> => {
  const md5 = createHash('md5').update(body).digest('hex');
  const etag = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).then(
    ({ ETag }) => ETag,
    (error: unknown) => {
      if (error instanceof NotFound) return undefined;
      throw error;
    },
  );
  if (etag === `"${md5}"`) return false;
  const ContentType = 'application/vnd.apache.parquet';
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType }));
  return true;
};
