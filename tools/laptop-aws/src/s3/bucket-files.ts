import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { BucketType } from './fauxqs.ts';

const Bucket = z.object({ name: z.string(), creationDate: z.iso.datetime(), type: z.string() });

/**
 * Writes anew what a bucket's `.bucket.json` says where the disk has changed it: fauxqs would not start with it, and its
 * folder says as much.
 *
 * @param buckets a folder for each, by name
 */
export const repairBuckets = (
  buckets: string,
  insert: (name: string, created: Date, type: BucketType) => void,
  report: (line: string) => void,
): void => {
  for (const name of readdirSync(buckets)) {
    const file = join(buckets, name, '.bucket.json');
    if (!existsSync(file) || saysWell(file, name)) continue;
    insert(name, statSync(file).mtime, 'general-purpose');
    report(`${file} was damaged; it is written anew, by the name of its folder`);
  }
};

const saysWell = (file: string, name: string): boolean => {
  try {
    return Bucket.parse(JSON.parse(readFileSync(file, 'utf8'))).name === name;
  } catch {
    return false;
  }
};
