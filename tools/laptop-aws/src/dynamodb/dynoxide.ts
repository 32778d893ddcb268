import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { endsWithUs } from '../supervision/ends-with-us.ts';
import { DynamoDbError, dynoxideBinary } from './dynoxide-binary.ts';
import { type Place, placesWithoutBrowsers } from './no-browser-port.ts';
import { endStale } from './stale-process.ts';

/** dynoxide as a child process, on a loopback port of its own that no web page reaches. */
export interface Dynoxide {
  readonly place: Place;
  /** Why it no longer runs, once it does not. */
  readonly stopped: () => string | undefined;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Ends it and waits for that; what it acknowledged is on disk. */
  close(): Promise<void>;
}

/**
 * Starts dynoxide on `<dir>/dynamodb/tables.db`, after ending one that a killed platform left behind there.
 * The child ends with this process, also when that is killed.
 *
 * It answers whoever asks, without a signature and with `access-control-allow-origin: *`, and has no other way in than
 * a port: so that port is one that browsers refuse.
 *
 * @throws DynamoDbError when it is not installed or does not start
 */
export const startDynoxide = async (dir: string): Promise<Dynoxide> => {
  const folder = resolve(dir, 'dynamodb');
  const database = join(folder, 'tables.db');
  const pidFile = join(folder, 'pid');
  const binary = await dynoxideBinary();
  await mkdir(folder, { recursive: true });
  await endStale(pidFile, database);

  for await (const place of placesWithoutBrowsers()) {
    const engine = await startOn(place, binary, database, pidFile);
    if (engine) return engine;
  }
  throw new DynamoDbError(
    'dynoxide found no port that web pages cannot reach: other platforms or programs have them all; stop some of them',
  );
};

/** @returns undefined when another program was faster at this place */
const startOn = async (
  place: Place,
  binary: string,
  database: string,
  pidFile: string,
): Promise<Dynoxide | undefined> => {
  const child = spawn(binary, ['--host', place.host, '--port', String(place.port), '--db-path', database], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its threads wait for each other at every allocation (musl): one does 1.5 times the work of two in half the CPU.
    env: { ...process.env, TOKIO_WORKER_THREADS: '1' },
    // Out of the terminal's reach: Ctrl-C must not end it while the functions still drain.
    detached: true,
    windowsHide: true,
  });
  endsWithUs(child);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const killIt = (): void => void child.kill('SIGKILL');
  process.once('exit', killIt);
  let stopped: string | undefined;
  void exited.then(() => {
    stopped = `dynoxide has ended (${child.signalCode ?? `code ${child.exitCode}`})`;
    process.off('exit', killIt);
  });
  try {
    if (child.pid !== undefined) await writeFile(pidFile, String(child.pid));
    await ready(child, exited, database);
  } catch (error) {
    killIt(); // on a full disk, say: one that nobody knows of would hold the tables
    await exited;
    if (error instanceof DynamoDbError && isTaken.test(error.message)) return undefined;
    throw error;
  }
  return {
    place,
    stopped: () => stopped,
    exited,
    close: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(killIt, 1000);
      await exited;
      clearTimeout(timer);
      await rm(pidFile, { force: true });
    },
  };
};

/** As dynoxide and the systems say it, when a port was taken in the meantime. */
const isTaken = /already in use|in use by|address.*in use/i;

/** Until it says that it listens. */
const ready = async (child: ChildProcess, exited: Promise<void>, database: string): Promise<void> => {
  let said = '';
  const listening = new Promise<true>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      // Reading goes on for ever: a full pipe would stop the child.
      stream?.on('data', (chunk: Buffer) => {
        if (said.length < 4000) said += chunk.toString('utf8');
        if (said.includes('listening on')) resolve(true);
      });
    }
  });
  if ((await Promise.race([listening, exited])) === true) return;
  throw new DynamoDbError(
    `dynoxide did not start on ${database} (${said.trim() || 'it said nothing'}); if the file is damaged, move it away to start without its tables`,
  );
};
