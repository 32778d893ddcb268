import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endStale, endsWithUs } from '@acme/laptop-aws/machine';
import type { FaultKind } from '@acme/laptop-aws/options';
import type { MappingOf } from './mappings.ts';
import type { Transport } from '@acme/local/platform/keep-transport';

export interface PlatformOptions {
  /** The state folder. */
  readonly dir: string;
  readonly port: number;
  readonly awsPort: number;
  readonly transport: Transport;
  /** Of the faults. */
  readonly seed: number;
  /** What is on, with the share of calls that it strikes. */
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
}

type Asked =
  | { readonly do: 'invoke'; readonly name: string; readonly payload: string }
  | { readonly do: 'faults off' | 'drain' | 'stop' };
export type Request = Asked & { readonly id: number };
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** A platform in a process of its own. Whatever is asked of it rejects when that process has ended. */
export interface Platform {
  /** The lake's. */
  readonly bucket: string;
  /** The event source mappings of the streams. */
  readonly mappings: readonly MappingOf[];
  /** Of Kafka, where it carries the events. */
  readonly bootstrapServers?: string | undefined;
  isRunning(): boolean;
  /** @throws PlatformError with Lambda's error object when the function failed */
  invoke(name: string, payload: unknown): Promise<unknown>;
  /** No fault strikes any more. Says how often each has. */
  faultsOff(): Promise<Readonly<Record<string, number>>>;
  /** Every consumer has done what is on its stream, and all of it is in the lake. */
  drain(): Promise<void>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** Ends it as a power cut does, its DynamoDB and its broker with it. */
  kill(): Promise<void>;
}

/** Starts a platform on a state folder and waits until it runs. */
export const startPlatformProcess = async (options: PlatformOptions): Promise<Platform> => {
  const child = fork(join(import.meta.dirname, 'platform.process.ts'), [JSON.stringify(options)], {
    execArgv: [],
    env: { ...process.env, TZ: 'UTC', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  endsWithUs(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-10_000)));
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const expect = (id: number): Promise<unknown> => {
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    return answer.promise;
  };
  child.on('message', ({ id, value, error }: Answer) => {
    const answer = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) answer?.resolve(value);
    else answer?.reject(new PlatformError(error));
  });
  const ended = once(child, 'close').then(() => {
    for (const answer of waiting.values()) answer.reject(new PlatformError(`the platform has ended:\n${said}`));
    waiting.clear();
  });
  let last = 0;
  const isRunning = (): boolean => child.connected && child.exitCode === null && child.signalCode === null;
  const ask = (asked: Asked): Promise<unknown> => {
    if (!isRunning()) return Promise.reject(new PlatformError('the platform has ended'));
    const id = ++last;
    const answer = expect(id);
    child.send({ ...asked, id });
    return answer;
  };
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    await endStale(join(options.dir, 'dynamodb/pid'), options.dir);
    await endStale(join(options.dir, 'kafka/broker-1/pid'), options.dir);
  };
  return {
    ...((await expect(0)) as Pick<Platform, 'bucket' | 'mappings' | 'bootstrapServers'>),
    isRunning,
    invoke: (name, payload) => ask({ do: 'invoke', name, payload: JSON.stringify(payload) }),
    faultsOff: async () => (await ask({ do: 'faults off' })) as Record<string, number>,
    drain: async () => void (await ask({ do: 'drain' })),
    stop: async () => {
      await ask({ do: 'stop' });
      await kill();
    },
    kill,
  };
};

/** The platform, or a function on it, failed at what was asked. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
}
