import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as z from 'zod';
import { makeFolderDurably, replaceDurably } from '../disk/promises.ts';
import { withoutSum, withSum } from '../disk/summed-text.ts';

/** One JSON document on disk, read at start and replaced whole at each change. Only the owner may read it. */
export interface StateFile<Content> {
  /**
   * @returns undefined when nothing has been written yet
   * @throws StateFileError when the file does not hold such a document, or another than was written
   */
  read(): Promise<Content | undefined>;
  /** On disk when it returns; a crash leaves the document before or after. Calls are written in their order. */
  write(content: Content): Promise<void>;
}

export const stateFile = <Content>(file: string, schema: z.ZodType<Content>): StateFile<Content> => {
  let last: Promise<void> = Promise.resolve();
  return {
    read: async () => {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      return text === undefined ? undefined : documentIn(file, text, schema);
    },
    write: (content) => {
      const text = withSum(JSON.stringify(content, null, 2));
      const written = last.then(() => replace(file, text));
      last = written.catch(() => undefined); // told to whoever wrote it
      return written;
    },
  };
};

/** What the text of a state file says. @throws StateFileError when that is not what was written, or no such document */
export const documentIn = <Content>(file: string, text: string, schema: z.ZodType<Content>): Content => {
  const json = withoutSum(text);
  if (json === undefined)
    throw new StateFileError(file, ' (its checksum is another one; without that line it is read)');
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    throw new StateFileError(file);
  }
};

const replace = async (file: string, text: string): Promise<void> => {
  await makeFolderDurably(dirname(file));
  await replaceDurably(file, text, 0o600);
};

/** A file of the state folder that cannot be understood; the message says what to do. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';

  constructor(file: string, why = '') {
    super(`${file} is damaged${why}: move it away to start without what it held`);
  }
}
