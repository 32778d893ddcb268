import { DatabaseSync } from 'node:sqlite';

/** How long a taker waits for those who only look: `isLocked` holds a lock for a moment, too. */
const patienceMs = 1_000;

/**
 * Takes a file for this process, by the operating system's own file lock (fcntl, on Windows LockFileEx), which SQLite
 * handles on every system. It is the file's, by whatever path it was found, and ends with the process, however that
 * ends: a crash leaves nothing that blocks. The file stays, empty: taken away, it could be locked twice.
 *
 * @returns gives it back; undefined when another process, or this one, has it
 * @throws when the file cannot be made or read
 */
export const lockFile = (file: string): (() => void) | undefined => {
  const database = new DatabaseSync(file, { timeout: patienceMs });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return () => database.close();
  } catch (error) {
    database.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
};

/** Whether a process has taken a file. The file has to be there. */
export const isLocked = (file: string): boolean => {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 0 });
  try {
    database.prepare('SELECT 1 FROM sqlite_schema').all();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    database.close();
  }
};

/** SQLITE_BUSY (sqlite.org/rescode.html). */
const isBusy = (error: unknown): boolean => (error as { readonly errcode?: number }).errcode === 5;
