import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { MultipartUpload } from './fauxqs.ts';
import { Tag } from './tagging.ts';

const Upload = z.looseObject({ tags: z.array(Tag).optional() });

/** Adds the tags that an upload's object shall have to what fauxqs has noted of the upload. */
export const noteTags = (folder: string, tags: readonly Tag[]): void =>
  writeFileSync(fileOf(folder), JSON.stringify({ ...read(folder), tags }));

/** Gives uploads that were read from their folders the tags that are noted there, which fauxqs leaves out. */
export const restoreTags = (folder: string, uploads: Iterable<MultipartUpload>): void => {
  for (const upload of uploads) {
    const { tags } = read(join(folder, upload.uploadId));
    if (tags) upload.tags = tags;
  }
};

const read = (folder: string): z.infer<typeof Upload> => Upload.parse(JSON.parse(readFileSync(fileOf(folder), 'utf8')));

const fileOf = (folder: string): string => join(folder, '.upload.json');
