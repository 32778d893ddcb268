import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Replaces a file whole: on the disk when it resolves, its place in its folder included. A crash leaves the content
 * before or after. One call at a time for a file.
 *
 * @param mode of a file that is new @default 0o666, less what the process masks
 */
export const replaceDurably = async (file: string, content: string, mode?: number): Promise<void> => {
  const next = await open(`${file}.new`, 'w', mode);
  try {
    await next.writeFile(content);
    await next.sync();
  } finally {
    await next.close();
  }
  await rename(`${file}.new`, file);
  await syncFolder(dirname(file));
};

/** A folder with its parents, on the disk when it resolves. */
export const makeFolderDurably = async (folder: string): Promise<void> => {
  const whole = resolve(folder);
  const topmostNew = await mkdir(whole, { recursive: true });
  if (topmostNew === undefined) return;
  for (let made = whole; made.length >= topmostNew.length; made = dirname(made)) await syncFolder(dirname(made));
};

/**
 * Puts a folder's entries on the disk: the names of new, moved and removed files. Windows can neither open nor sync a
 * folder; NTFS journals its entries itself.
 */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
