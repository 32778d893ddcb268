import { mkdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import { stateFile } from '../aws/state-file.ts';
import type { Invocation } from './functions.ts';

/** How Lambda treats the events of a function that it runs later. */
export interface AsyncSettings {
  /** @default 2 */
  readonly maximumRetryAttempts?: number | undefined;
  /** @default 21600, six hours */
  readonly maximumEventAgeSeconds?: number | undefined;
}

const Event = z.object({ requestId: z.string(), name: z.string(), payload: z.string(), acceptedAt: z.number() });
type Event = z.infer<typeof Event>;

export interface AsyncInvocations {
  /** Accepts an event; on disk when it resolves. @returns its request id, which every attempt carries */
  accept(name: string, payload: string): Promise<string>;
  /** Runs what an earlier process had accepted and not finished. */
  resume(): Promise<void>;
  /** Leaves what waits, and what comes from now on, to the next process, and waits for what runs. */
  stop(): Promise<void>;
}

export interface AsyncOptions {
  readonly invoke: (nameOrArn: string, payload: string, requestId?: string) => Promise<Invocation>;
  readonly settingsOf: (name: string) => AsyncSettings;
  /** Called when an event is given up, after its last attempt. */
  readonly givenUp: (name: string, requestId: string, reason: string) => void;
  /** Where accepted events wait; without it they end with the process. */
  readonly dir?: string | undefined;
  /** Before the second and the third attempt: a minute and two (Developer Guide, "Asynchronous invocation"). */
  readonly retryDelaysMs: readonly [number, number];
}

/** Lambda's queue of asynchronous invocations. */
export const asyncInvocations = ({
  invoke,
  settingsOf,
  givenUp,
  dir,
  retryDelaysMs,
}: AsyncOptions): AsyncInvocations => {
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const fileOf = (requestId: string): string | undefined => dir && join(dir, `${requestId}.json`);
  if (dir) mkdirSync(dir, { recursive: true });

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      stopping.signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });

  /** @returns why it failed, or nothing */
  const attempt = async ({
    name,
    payload,
    requestId,
  }: Event): Promise<{ reason: string; throttled: boolean } | undefined> => {
    try {
      const { functionError, payload: answer } = await invoke(name, payload, requestId);
      return functionError && { reason: answer, throttled: false };
    } catch (error) {
      const throttled = error instanceof AwsError && error.code === 'TooManyRequestsException';
      return { reason: error instanceof Error ? error.message : String(error), throttled };
    }
  };

  const run = async (event: Event): Promise<void> => {
    const { maximumRetryAttempts = 2, maximumEventAgeSeconds = 21_600 } = settingsOf(event.name);
    let failures = 0;
    for (let waits = 0; ; waits += 1) {
      const failed = await attempt(event);
      if (stopping.signal.aborted && failed) return;
      if (!failed) break;
      if (!failed.throttled) failures += 1;
      const delayMs = failed.throttled ? Math.min(1000 * 2 ** waits, 300_000) : (retryDelaysMs[failures - 1] ?? 0);
      const tooOld = Date.now() + delayMs > event.acceptedAt + maximumEventAgeSeconds * 1000;
      if (failures > maximumRetryAttempts || tooOld) {
        givenUp(event.name, event.requestId, tooOld ? `${failed.reason} (and the event is too old)` : failed.reason);
        break;
      }
      await pause(delayMs);
      if (stopping.signal.aborted) return;
    }
    const file = fileOf(event.requestId);
    if (file) await rm(file, { force: true });
  };

  const launch = (event: Event): void => {
    const done = run(event).finally(() => running.delete(done));
    running.add(done);
  };

  return {
    async accept(name, payload) {
      const event = { requestId: randomUUID(), name, payload, acceptedAt: Date.now() };
      const file = fileOf(event.requestId);
      if (file) await stateFile(file, Event).write(event);
      if (!stopping.signal.aborted) launch(event);
      return event.requestId;
    },
    async resume() {
      for (const name of dir ? await readdir(dir) : []) {
        const event = name.endsWith('.json') && (await stateFile(join(dir as string, name), Event).read());
        if (event) launch(event);
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
};
