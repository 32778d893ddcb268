import { statSync } from 'node:fs';
import { join } from 'node:path';
import { locationOf, NoLakeError, readCatalog } from '@acme/laptop-aws/sql';
import { ObjectJournal } from '@acme/laptop-aws/testing';
import { runningOn } from '@acme/local/platform/state-folder';
import { type Etags, filesOf, type Objects } from './objects.ts';

/** The lake of a platform on this machine, whether or not it runs. */
export interface LocalLake {
  readonly objects: Objects;
  /** The first day that queries of its tables see. */
  readonly firstDay: string | undefined;
  /** Up to when the platform has worked, ms UTC: now, or when a stopped one wrote its last object. */
  readonly nowMs: number;
}

/** @throws NoLakeError when none ever ran on this folder */
export const localLake = (dir: string): LocalLake => {
  const tables = readCatalog(dir)?.databases.acme_telemetry?.tables;
  const table = tables?.streaming_events;
  if (!table) throw new NoLakeError(`There is no lake in ${dir}: run npm start first, or name its folder with --dir.`);
  const { bucket } = locationOf(table);
  const objects: Objects = { dir, bucket, etags: localEtags(dir, bucket) };
  return {
    objects,
    firstDay: tables.telemetry?.Parameters?.['projection.date.range']?.split(',')[0],
    nowMs: runningOn(dir) ? Date.now() : lastWriteMs(objects),
  };
};

/** What the laptop's S3 has noted of objects in its journal. */
const localEtags = (dir: string, bucket: string): Etags => {
  const read = () => new ObjectJournal(join(dir, 's3', 'objects.ndjson')).read();
  let known: ReturnType<typeof read> | undefined;
  return {
    of: (key) => {
      known ??= read();
      const facts = known.recentOf(bucket, key) ?? [known.factsOf(bucket, key)];
      return facts.flatMap((each) => (each ? [each.etag.replaceAll('"', '')] : []));
    },
    refresh: async () => void (known = read()),
  };
};

const lastWriteMs = (objects: Objects): number =>
  filesOf(objects, '').reduce((last, file) => Math.max(last, statSync(file).mtimeMs), 0);
