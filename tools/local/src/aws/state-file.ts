import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as z from 'zod';

/** One JSON document on disk, read at start and replaced whole at each change. Only the owner may read it. */
export interface StateFile<Content> {
  /**
   * @returns undefined when nothing has been written yet
   * @throws StateFileError when the file does not hold such a document
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
      return text === undefined ? undefined : parsed(file, text, schema);
    },
    write: (content) => {
      const text = `${JSON.stringify(content, null, 2)}\n`;
      const written = last.then(() => replace(file, text));
      last = written.catch(() => undefined); // told to whoever wrote it
      return written;
    },
  };
};

const parsed = <Content>(file: string, text: string, schema: z.ZodType<Content>): Content => {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new StateFileError(file);
  }
};

const replace = async (file: string, text: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  const next = await open(`${file}.new`, 'w', 0o600);
  try {
    await next.writeFile(text);
    await next.sync();
  } finally {
    await next.close();
  }
  await rename(`${file}.new`, file);
};

/** A file of the state folder that cannot be understood; the message says what to do. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';

  constructor(file: string) {
    super(`${file} is damaged: move it away to start without what it held`);
  }
}
