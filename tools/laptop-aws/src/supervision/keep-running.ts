import { setTimeout as wait } from 'node:timers/promises';

/** What makes a process end, such as a full disk, may still be there when it is started again: each time it waits longer. */
const pausesMs = [0, 1_000, 2_000, 5_000, 10_000];

/** One that has run so long is well. */
const wellAfterMs = 15_000;

export interface Supervised {
  /** For people. */
  readonly name: string;
  /** Resolves with why, when the process of now has ended. */
  exited(): Promise<string>;
  /** Starts it anew. */
  restart(): Promise<void>;
  /** Ends the process of now; nothing when it has ended. */
  close(): Promise<void>;
  /** Told when it has ended, and once if it cannot be started. */
  report(line: string): void;
}

/**
 * Starts an engine's process again whenever it ends, for as long as it takes.
 *
 * @returns what ends it for good
 */
export const keepRunning = ({ name, exited, restart, close, report }: Supervised): (() => Promise<void>) => {
  const closing = new AbortController();
  const watch = async (): Promise<void> => {
    for (let again = 0; !closing.signal.aborted; again += 1) {
      const startedMs = performance.now();
      const why = await exited();
      if (closing.signal.aborted) return;
      if (performance.now() - startedMs > wellAfterMs) again = 0;
      if (again === 0) report(`${name}: ${why}; it is started again, for as long as it takes`);
      await wait(pausesMs[Math.min(again, pausesMs.length - 1)], undefined, { signal: closing.signal });
      await restart().catch((error: Error) => {
        if (again === 0 && !closing.signal.aborted) report(`${name}: ${error.message}`);
      });
    }
  };
  const watched = watch().catch((error: Error) => {
    if (!closing.signal.aborted) report(`${name}: ${error.message}`); // else it was closed in a pause
  });
  return async () => {
    closing.abort();
    await close();
    await watched;
    await close(); // one that was being started meanwhile
  };
};
