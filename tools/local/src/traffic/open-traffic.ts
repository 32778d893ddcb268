import { setTimeout as sleep } from 'node:timers/promises';
import type { Invocation } from '@acme/laptop-aws';
import type { Family } from '@acme/telemetry-schema';
import { type Dial, openCursor, TrafficAnswer, type TrafficRange, type TrafficTotals } from './cursor.ts';
import { pace } from './pace.ts';

export interface TrafficOptions {
  /** Invokes the deployed generator. */
  readonly invoke: (payload: string) => Promise<Invocation>;
  /** Which events; the cursor is this family's. @default what the generator makes unasked */
  readonly family?: Family;
  /** Events per second. */
  readonly rate: number;
  readonly seed: number;
  /** The share of events that has each fault. @default none */
  readonly dial?: Dial;
  /** The state file of this family of events; it holds a cursor per seed. */
  readonly cursorFile: string;
  /** @default 250 */
  readonly everyMs?: number;
  /** Called after each answer and each failure. */
  readonly onProgress?: (progress: TrafficProgress) => void;
}

export interface TrafficProgress {
  readonly totals: TrafficTotals;
  /** Events per second since the traffic started, which is less than asked for on a laptop that cannot keep up. */
  readonly ratePerSecond: number;
  /** Why the last call failed, or where the traffic stands could not be kept; it is tried again. */
  readonly problem?: string;
}

/** Steady traffic: asks the generator for the next events of a seed, again and again. */
export interface Traffic {
  /** Starts with the range that an earlier process left unfinished, if any. */
  start(): void;
  /** Resolves when the call in flight has been answered and counted; a range that keeps failing waits for the next start. */
  stop(): Promise<void>;
  totals(): TrafficTotals;
  /** A range that was asked for and whose outcome is not known: its events may have arrived, or not. */
  unfinished(): TrafficRange | undefined;
}

/** The most events of one call of the generator. */
const largestRange = 100_000;

/**
 * Opens the traffic of a seed; it goes on where the state folder says it was.
 *
 * @throws StateFileError when the state file is damaged
 */
export const openTraffic = async (options: TrafficOptions): Promise<Traffic> => {
  const { rate, seed, everyMs = 250, onProgress = () => undefined } = options;
  const cursor = await openCursor(options.cursorFile, seed, options.dial);
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let startedMs = 0;
  let sent = 0;

  const progress = (problem?: string): void => {
    const seconds = (performance.now() - startedMs) / 1000;
    const ratePerSecond = seconds > 0 ? sent / seconds : 0;
    onProgress({ totals: cursor.totals(), ratePerSecond, ...(problem === undefined ? {} : { problem }) });
  };

  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  /** Waits until where the traffic stands is on disk; false when stopped before. A full disk takes nothing for a while. */
  const kept = async (saving: Promise<void>): Promise<boolean> => {
    for (let backoffMs = 100; ; backoffMs = Math.min(backoffMs * 2, 5000)) {
      try {
        await saving;
        return true;
      } catch (error) {
        progress(`where it stands could not be kept: ${reason(error)}`);
        if (stopping.signal.aborted) return false;
        await pause(backoffMs);
        saving = cursor.save();
      }
    }
  };

  /** Asks for a range until it is answered; or until the traffic is stopped, and then the range stays an intent. */
  const complete = async (range: TrafficRange): Promise<void> => {
    for (let backoffMs = 100; ; backoffMs = Math.min(backoffMs * 2, 5000)) {
      const answer = await ask(options.invoke, seed, { ...range, dial: options.dial, family: options.family });
      if (typeof answer !== 'string') {
        await kept(cursor.finish(range, answer));
        sent += range.count;
        return progress();
      }
      progress(answer);
      if (stopping.signal.aborted) return;
      await pause(backoffMs);
      if (stopping.signal.aborted) return;
    }
  };

  const run = async (): Promise<void> => {
    const left = cursor.intent();
    if (left) await complete(left);
    startedMs = performance.now();
    sent = 0;
    const steady = pace(rate, startedMs);
    for (let tickMs = startedMs + everyMs; !stopping.signal.aborted; tickMs += everyMs) {
      await pause(Math.max(0, tickMs - performance.now()));
      tickMs = Math.max(tickMs, performance.now() - everyMs);
      const count = Math.min(steady.due(performance.now()), largestRange);
      if (stopping.signal.aborted || count === 0) continue;
      const range = { from: cursor.totals().count, count, at: new Date().toISOString() };
      steady.take(count);
      if (!(await kept(cursor.begin(range)))) return;
      await complete(range);
    }
  };

  return {
    start() {
      startedMs = performance.now();
      running ??= run().catch((error: unknown) => progress(reason(error)));
    },
    async stop() {
      stopping.abort();
      await running;
    },
    totals: cursor.totals,
    unfinished: cursor.intent,
  };
};

/** @returns the generator's answer, or why there is none */
const ask = async (
  invoke: TrafficOptions['invoke'],
  seed: number,
  {
    from,
    count,
    at,
    dial,
    family,
  }: TrafficRange & { readonly dial: Dial | undefined; readonly family: Family | undefined },
): Promise<TrafficAnswer | string> => {
  try {
    const { payload, functionError } = await invoke(JSON.stringify({ family, seed, from, count, at, dial }));
    if (!functionError) return TrafficAnswer.parse(JSON.parse(payload));
    const { errorType, errorMessage } = JSON.parse(payload) as { errorType?: string; errorMessage?: string };
    return `the generator failed: ${errorType} ${errorMessage}`;
  } catch (error) {
    return reason(error);
  }
};

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
