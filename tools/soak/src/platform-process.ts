import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endsWithUs } from '@acme/laptop-aws/machine';

const main = join(import.meta.dirname, '../../local/src/main.ts');
const jumpedClock = join(import.meta.dirname, 'jumped-clock.mjs');

/** The platform as a process of its own, which can be killed. */
export interface PlatformProcess {
  readonly pid: number;
  /** How long it took from its start to `ready`, ms. */
  readonly readyMs: number;
  /** What it printed so far. */
  output(): string;
  /** Resolves with the exit code; -1 when a signal ended it. */
  readonly ended: Promise<number>;
  signal(name: NodeJS.Signals): void;
}

/**
 * Starts `npm start` with these options and waits until it is ready.
 *
 * @param logFile what it prints is appended there
 * @param clockJumpMs how far its clock is off
 * @throws NotReadyError when it ends before; the message holds what it said
 */
export const startPlatformProcess = async (
  options: readonly string[],
  logFile: string,
  clockJumpMs = 0,
): Promise<PlatformProcess> => {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', pathToFileURL(jumpedClock).href, main, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CLOCK_JUMP_MS: String(clockJumpMs) },
  });
  endsWithUs(child);
  const log = createWriteStream(logFile, { flags: 'a' });
  let said = '';
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      log.write(text);
      if (/^ready /m.test(said)) ready.resolve();
    });
  }
  const ended = once(child, 'close').then(([code]) => (code as number | null) ?? -1);
  void ended.then(() => ready.reject(new NotReadyError(said)));
  await ready.promise;
  return {
    pid: child.pid as number,
    readyMs: performance.now() - started,
    output: () => said,
    ended,
    signal: (name) => void child.kill(name),
  };
};

/** The platform ended before it was ready. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';

  constructor(said: string) {
    super(`the platform did not start:\n${said.trim().split('\n').slice(-10).join('\n')}`);
  }
}
