import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { keyOf, type Objects } from './objects.ts';
import { type Finding, findingOf } from './report.ts';

/** Files that are read at a time. */
const atATime = 4;

/** An ETag that is the MD5 of its object: those of uploads in parts have a dash (Amazon S3 API reference, "Object"). */
const isMd5 = (etag: string): boolean => /^[0-9a-f]{32}$/.test(etag);

export const md5Of = async (file: string): Promise<string> => {
  const digest = createHash('md5');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), digest);
  return digest.digest('hex');
};

/**
 * Names the objects whose bytes are not those that the store took: it noted their MD5. What was written anew while the
 * audit runs is asked for again.
 */
export const checksumFindings = async (objects: Objects, files: readonly string[]): Promise<Finding[]> => {
  const { etags } = objects;
  if (etags === undefined) return [];
  const differing = async (some: readonly string[]): Promise<string[]> => {
    const found: string[] = [];
    const left = some.values();
    const lane = async (): Promise<void> => {
      for (const file of left) {
        const known = etags.of(keyOf(objects, file));
        if (known.length === 0 || !known.every(isMd5)) continue;
        if (!known.includes(await md5Of(file))) found.push(file);
      }
    };
    await Promise.all(Array.from({ length: atATime }, lane));
    return found;
  };
  let off = await differing(files);
  if (off.length > 0) {
    await etags.refresh();
    off = await differing(off);
  }
  return findingOf(
    'objects',
    'whose bytes are not those that were stored',
    off.map((file) => `s3://${objects.bucket}/${keyOf(objects, file)}`),
  );
};
