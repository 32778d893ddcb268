import { randomUUID } from 'node:crypto';
import { dateFolder, dayOfRunFile, runFolder, runName } from '@acme/lake-layout';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Manifest } from '../manifest/index.ts';
import { QueryFailedError } from '@acme/lambda-kit/athena';
import type { Lake } from './lake.ts';
import { type Listed, objectsUnder } from './list.ts';
import type { RawHour } from './raw-hour.ts';
import { tokenOf } from './token.ts';
import { otherDays, unloadNew } from './statements.ts';
import { noteWritten } from './written-files.ts';

/** A file that a query wrote, as `s3://bucket/key`. */
export interface WrittenFile {
  readonly url: string;
  readonly bytes: number;
}

export interface Written {
  /** The files of each day that got some. */
  readonly days: ReadonlyMap<string, readonly WrittenFile[]>;
  /** Whether the hour has events of other days, if that was asked. */
  readonly hasOthers: boolean;
}

/**
 * Writes what the table, with these manifests, lacks of an hour; or finds it written.
 *
 * @param days.manifests of the days to write, by day
 * @param days.findsOthers whether to find out if the hour has events of other days; they are not in the table's files
 * @param today the UTC day: what an earlier run of the day has written is used, and nothing older, which may be deleted
 * @throws QueryFailedError, OutOfTimeError, LostFilesError
 */
export const writeNew = async (
  lake: Lake,
  { hour, objects }: RawHour,
  { manifests, findsOthers }: { readonly manifests: ReadonlyMap<string, Manifest>; readonly findsOthers: boolean },
  today: string,
): Promise<Written> => {
  const dates = [...manifests.keys()];
  const input = {
    hour,
    objects,
    today,
    findsOthers,
    manifests: dates.map((date) => [date, manifests.get(date)?.etag]),
  };
  const write = async (token: string): Promise<Written> => {
    const folder = runFolder(token);
    const { wrote } = await lake.athena.run(
      unloadNew(hour, dates, `s3://${lake.bucket}/${folder}`, findsOthers),
      token,
    );
    return byDay(lake, token, wrote === undefined ? [] : await linesOf(lake, wrote));
  };
  try {
    return await write(tokenOf(input));
  } catch (error) {
    if (!(error instanceof QueryFailedError || error instanceof LostFilesError)) throw error;
    // Athena remembers the token, and the folder may hold files that were left: another query, elsewhere.
    return write(tokenOf({ ...input, again: randomUUID() }));
  }
};

/**
 * The files that a query says it wrote, by day, their MD5s noted. What else lies in its folder is left of a query that
 * failed.
 *
 * @throws LostFilesError when they are not all there, or files are there and the query tells of none
 */
const byDay = async ({ s3, bucket }: Lake, token: string, urls: readonly string[]): Promise<Written> => {
  const there = new Map<string, Listed>();
  for await (const file of objectsUnder(s3, bucket, runFolder(token))) there.set(`s3://${bucket}/${file.key}`, file);
  if (urls.length === 0 && there.size > 0) throw new LostFilesError();
  const days = new Map<string, WrittenFile[]>();
  const written: Listed[] = [];
  let hasOthers = false;
  for (const url of urls) {
    const [day, file] = [dayOfRunFile(url), there.get(url)];
    if (file === undefined) throw new LostFilesError();
    if (day !== undefined) {
      days.set(day, [...(days.get(day) ?? []), { url, bytes: file.bytes }]);
      written.push(file);
    } else if (url.includes(`/${dateFolder(otherDays)}`)) hasOthers = true;
    else throw new LostFilesError();
  }
  if (written.length > 0) await noteWritten(s3, bucket, runName(token), written);
  return { days, hasOthers };
};

/** The lines of a data manifest: the files that a query wrote, one a line. */
const linesOf = async ({ s3, bucket }: Lake, url: string): Promise<string[]> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: url.slice(`s3://${bucket}/`.length) }));
  return ((await Body?.transformToString()) ?? '').split('\n').flatMap((line) => line.trim().replaceAll('"', '') || []);
};

/** What a query had written is not what lies there. */
export class LostFilesError extends Error {
  override readonly name = 'LostFilesError';

  constructor() {
    super('the files that a query wrote are not those in its folder; the next run writes them anew');
  }
}
