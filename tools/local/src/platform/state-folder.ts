import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { isRunning } from './is-running.ts';

/** What the file `platform.json` of a state folder says of the platform that runs on it. */
const Running = z.object({ pid: z.number().int().positive(), port: z.number(), awsPort: z.number() });
export type Running = z.infer<typeof Running>;

/**
 * Takes a state folder for this process, so that no second platform writes to it.
 *
 * @returns gives it back
 * @throws StateFolderError when another platform runs on it, or it cannot be used
 */
export const takeStateFolder = (dir: string, { port, awsPort }: Omit<Running, 'pid'>): (() => void) => {
  const file = join(dir, 'platform.json');
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const mine = `${file}.${process.pid}`;
    writeFileSync(mine, `${JSON.stringify({ pid: process.pid, port, awsPort })}\n`, { mode: 0o600 });
    try {
      takePlace(mine, file, dir);
    } finally {
      rmSync(mine, { force: true });
    }
  } catch (cause) {
    if (cause instanceof StateFolderError) throw cause;
    throw new StateFolderError(
      `the state folder ${dir} cannot be used (${(cause as Error).message}); take another with --dir`,
    );
  }
  return () => rmSync(file, { force: true });
};

/** Puts a file in its place unless a running platform's is there: of several that start at once, one gets it. */
const takePlace = (mine: string, file: string, dir: string): void => {
  for (;;) {
    try {
      return linkSync(mine, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const other = runningOn(dir);
    if (other) {
      throw new StateFolderError(
        `a platform runs on ${dir} already (process ${other.pid}, dashboard port ${other.port}); stop it, or take another folder with --dir`,
      );
    }
    try {
      const away = `${mine}.stale`; // of a platform that was killed
      renameSync(file, away);
      if (running(away)) linkSync(away, file); // no: of one that took its place in between
      rmSync(away);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // another start has taken it away
    }
  }
};

/** The platform that runs on a state folder, if one does. */
export const runningOn = (dir: string): Running | undefined => running(join(dir, 'platform.json'));

const running = (file: string): Running | undefined => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined; // no platform has run here, or it has ended
  }
  const parsed = Running.safeParse(jsonOf(text));
  return parsed.success && isRunning(parsed.data.pid) ? parsed.data : undefined;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // torn by a crash: the platform that wrote it is gone
  }
};

/** A state folder that cannot be used; the message says what to do. */
export class StateFolderError extends Error {
  override readonly name = 'StateFolderError';
}
