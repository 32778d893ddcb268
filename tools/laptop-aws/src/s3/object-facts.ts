import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { piecesOf } from '../disk/blocking.ts';
import type { ObjectFacts } from './object-journal.ts';

/**
 * What is true of a file's bytes among what was noted of them. The size tells as a rule; only the sum tells one object
 * from another of the same size that it replaced.
 */
export const trueOf = (noted: readonly ObjectFacts[], file: string): ObjectFacts | undefined => {
  const { size } = statSync(file);
  const fitting = noted.filter(({ contentLength }) => contentLength === size);
  if (new Set(fitting.map(({ etag }) => etag)).size < 2) return fitting[0];
  const etag = etagIn(file);
  return fitting.find((facts) => facts.etag === etag) ?? fitting.find(({ parts }) => parts !== undefined);
};

/** Whether what was noted is true of a file's bytes, as far as these tell: the ETag of parts is no sum of them. */
export const isTrueOf = (noted: ObjectFacts, file: string): boolean =>
  statSync(file).size === noted.contentLength && (noted.parts !== undefined || etagIn(file) === noted.etag);

/** All that a file's bytes tell. */
export const factsFrom = (key: string, file: string): ObjectFacts => {
  const { size, mtime } = statSync(file);
  const contentType = 'application/octet-stream';
  return { key, contentType, contentLength: size, etag: etagIn(file), lastModified: mtime, metadata: {} };
};

const etagIn = (file: string): string => {
  const digest = createHash('md5');
  for (const piece of piecesOf(file)) digest.update(piece);
  return etagOf(digest.digest('hex'));
};

/** As S3 gives it for an object of one part. */
export const etagOf = (md5: string): string => `"${md5}"`;
