import { closeSync, fsync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const fsyncOf = promisify(fsync);

/**
 * Puts files on the disk without holding up the process: what is added goes in one pass beside everything that came in
 * the meantime. One pass at a time, so that a slow disk gathers more into the next.
 */
export class SyncQueue {
  #added = new Set<string>();
  #folders = new Set<string>();
  #pass: Promise<void> | undefined;

  /** A file that was written and moved to its place; its folder's entry goes with it. */
  add(file: string): void {
    this.#added.add(file);
    this.#folders.add(dirname(file));
  }

  /** A folder of which something was removed. */
  addFolder(folder: string): void {
    this.#folders.add(folder);
  }

  /**
   * Resolves when everything added so far is on the disk, the files' places in their folders included.
   *
   * @throws what the disk says
   */
  async settled(): Promise<void> {
    // The pass that runs may have begun before the last addition: wait for it, then for one that began after.
    while (this.#pass) await this.#pass.catch(() => undefined);
    if (this.#added.size === 0 && this.#folders.size === 0) return;
    const [files, folders] = [[...this.#added], [...this.#folders]];
    this.#added = new Set();
    this.#folders = new Set();
    this.#pass = syncAll(files, folders)
      .catch((error: unknown) => {
        // Whoever waits behind this pass must not take them for synced.
        for (const file of files) this.#added.add(file);
        for (const folder of folders) this.#folders.add(folder);
        throw error;
      })
      .finally(() => (this.#pass = undefined));
    await this.#pass;
  }
}

const syncAll = async (files: readonly string[], folders: readonly string[]): Promise<void> => {
  // Windows syncs only what may be written; a folder can only be read.
  await Promise.all(files.map((file) => sync(file, 'r+')));
  if (process.platform === 'win32') return; // folders can be neither opened nor synced; NTFS journals them itself
  await Promise.all(folders.map((folder) => sync(folder, 'r')));
};

/**
 * A file that has gone meanwhile (deleted, a folder by now) needs no syncing. Only the wait for the disk is left to
 * others: a thread's turn costs several times what opening and closing do.
 */
const sync = async (path: string, mode: 'r' | 'r+'): Promise<void> => {
  let handle: number;
  try {
    handle = openSync(path, mode);
  } catch (error) {
    if (['ENOENT', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return;
    throw error;
  }
  try {
    await fsyncOf(handle);
  } finally {
    closeSync(handle);
  }
};
