import { setTimeout as wait } from 'node:timers/promises';
import type { RunningPlatform } from './start-platform.ts';

/** How long a consumer may make no progress before waiting for it is given up. */
const patienceMs = 60_000;

/**
 * Waits until every event that was accepted has gone through every consumer and is in the lake.
 *
 * @throws StuckError when a consumer has not moved for a minute
 */
export const drained = async ({ engines, drain }: RunningPlatform): Promise<void> => {
  const done = new AbortController();
  const watch = async (): Promise<never> => {
    let before = '';
    for (let stillMs = 0; ; stillMs += 1_000) {
      await wait(1_000, undefined, { signal: done.signal });
      const lag = engines.eventSources.lag().filter(({ records }) => records > 0);
      const pending = engines.firehose.pending();
      const now = JSON.stringify([lag, pending]);
      if (now !== before) stillMs = 0;
      before = now;
      if (stillMs < patienceMs) continue;
      const stuck = lag.map(({ functionName, records }) => `${functionName} has ${records} records unread`);
      throw new StuckError([...stuck, `Firehose has ${pending.records} records undelivered`]);
    }
  };
  try {
    await Promise.race([drain(), watch()]);
  } finally {
    done.abort();
  }
};

/** A consumer does not move. */
export class StuckError extends Error {
  override readonly name = 'StuckError';

  constructor(stuck: readonly string[]) {
    super(`${stuck.join('; ')}, and nothing has moved for a minute: look into the function's log with aws logs`);
  }
}
