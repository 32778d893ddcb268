import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** Its name holds a hash of its content. */
  readonly neverChanges: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * The files of the built page by their path, `/` being index.html. They are read once, so that a request can ask for
 * nothing else, however its path is written.
 *
 * @throws MissingPageError
 */
export const pageFiles = (folder: string): ReadonlyMap<string, PageFile> => {
  const files = new Map<string, PageFile>();
  for (const name of namesIn(folder)) {
    const type = types[extname(name)];
    if (!type) continue;
    const path = `/${name.split(sep).join('/')}`;
    const file = { type, bytes: readFileSync(join(folder, name)), neverChanges: path.startsWith('/assets/') };
    files.set(path === '/index.html' ? '/' : path, file);
  }
  if (!files.has('/')) throw new MissingPageError();
  return files;
};

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new MissingPageError();
    throw error;
  }
};

/** The page has not been built. */
export class MissingPageError extends Error {
  override readonly name = 'MissingPageError';

  constructor() {
    super('the dashboard has not been built: run `npx nx run dashboard:bundle`');
  }
}
