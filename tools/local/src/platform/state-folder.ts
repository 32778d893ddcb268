import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isLocked, lockFile } from '@acme/laptop-aws/machine';
import * as z from 'zod';

/** What the file `platform.json` of a state folder says of the platform that runs on it. */
const Running = z.object({ pid: z.number().int().positive(), port: z.number(), awsPort: z.number() });
export type Running = z.infer<typeof Running>;

const lockOf = (dir: string): string => join(dir, 'platform.lock');
const noteOf = (dir: string): string => join(dir, 'platform.json');

/**
 * Takes a state folder for this process, so that no second platform writes to it: however and from wherever that one is
 * started, and by whatever path it names the folder.
 *
 * @returns gives it back
 * @throws StateFolderError when another platform runs on it, or it cannot be used
 */
export const takeStateFolder = (dir: string, { port, awsPort }: Omit<Running, 'pid'>): (() => void) => {
  const unlock = usable(dir, () => {
    makeFolder(dir);
    return lockFile(lockOf(dir));
  });
  if (!unlock) {
    const other = noteIn(dir);
    const about = other ? ` (process ${other.pid}, dashboard port ${other.port})` : '';
    throw new StateFolderError(`a platform runs on ${dir} already${about}; stop it, or take another folder with --dir`);
  }
  try {
    usable(dir, () => {
      const next = `${noteOf(dir)}.next`;
      writeFileSync(next, `${JSON.stringify({ pid: process.pid, port, awsPort })}\n`, { mode: 0o600 });
      renameSync(next, noteOf(dir));
    });
  } catch (error) {
    unlock();
    throw error;
  }
  return () => {
    rmSync(noteOf(dir), { force: true });
    unlock();
  };
};

/** The platform that runs on a state folder, if one does. */
export const runningOn = (dir: string): Running | undefined =>
  existsSync(lockOf(dir)) && isLocked(lockOf(dir)) ? noteIn(dir) : undefined;

/** Node's recursive mkdir never ends where the kernel refuses what it should be able to make, as below /proc. */
const makeFolder = (dir: string): void => {
  if (existsSync(dir)) return;
  if (dirname(dir) !== dir) makeFolder(dirname(dir));
  mkdirSync(dir, { mode: 0o700 });
};

const usable = <T>(dir: string, use: () => T): T => {
  try {
    return use();
  } catch (cause) {
    // SQLite, which locks the file, says of a folder that takes none only that it could not open it.
    const why = takesNoFile(dir) ?? (cause as Error).message;
    throw new StateFolderError(`the state folder ${dir} cannot be used (${why}); take another with --dir`, { cause });
  }
};

/** Why a folder takes no file, in the words for its commonest reasons; undefined when it takes one. */
const takesNoFile = (dir: string): string | undefined => {
  const probe = join(dir, `.write-${process.pid}`);
  try {
    writeFileSync(probe, '');
    rmSync(probe);
    return undefined;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (/^(EROFS|EACCES|EPERM)$/.test(code)) return `it is read-only for this user: ${code}`;
    return /^(ENOSPC|EDQUOT)$/.test(code) ? `its disk is full: ${code}` : message;
  }
};

/** What stands in the note, of a platform that runs or of one that was killed. */
const noteIn = (dir: string): Running | undefined => {
  try {
    return Running.safeParse(JSON.parse(readFileSync(noteOf(dir), 'utf8'))).data;
  } catch {
    return undefined; // none yet, or torn by a crash
  }
};

/** A state folder that cannot be used; the message says what to do. */
export class StateFolderError extends Error {
  override readonly name = 'StateFolderError';
}
