import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
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
    const other = runningOn(dir);
    if (other && other.pid !== process.pid) {
      throw new StateFolderError(
        `a platform runs on ${dir} already (process ${other.pid}, dashboard port ${other.port}); stop it, or take another folder with --dir`,
      );
    }
    rmSync(file, { force: true });
    const descriptor = openSync(file, 'wx', 0o600); // of two that start at once, one fails here
    writeSync(descriptor, `${JSON.stringify({ pid: process.pid, port, awsPort })}\n`);
    closeSync(descriptor);
  } catch (cause) {
    if (cause instanceof StateFolderError) throw cause;
    throw new StateFolderError(
      `the state folder ${dir} cannot be used (${(cause as Error).message}); take another with --dir`,
    );
  }
  return () => rmSync(file, { force: true });
};

/** The platform that runs on a state folder, if one does. */
export const runningOn = (dir: string): Running | undefined => {
  let text: string;
  try {
    text = readFileSync(join(dir, 'platform.json'), 'utf8');
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
