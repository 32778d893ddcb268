import { createReadStream, existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { objectsFolder } from '@acme/laptop-aws/sql';

/**
 * How many records were refused: the lines of all objects under a prefix, one record each, in plain NDJSON.
 *
 * @param dir the platform's state folder
 */
export const countQuarantined = async ({
  dir,
  bucket,
  prefix,
}: {
  readonly dir: string;
  readonly bucket: string;
  readonly prefix: string;
}): Promise<number> => {
  const folder = join(objectsFolder(dir, bucket), prefix);
  if (!existsSync(folder)) return 0;
  let lines = 0;
  for (const file of globSync('**/*.data', { cwd: folder })) lines += await countLines(join(folder, file));
  return lines;
};

/** A last line counts whether or not a newline ends it. */
const countLines = async (file: string): Promise<number> => {
  const newline = 10;
  let lines = 0;
  let last = newline;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) lines++;
    last = chunk.at(-1) ?? last;
  }
  return last === newline ? lines : lines + 1;
};
