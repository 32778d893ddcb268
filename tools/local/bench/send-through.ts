import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Place } from './on-a-platform.ts';
import { say } from './print.ts';
import type { Load } from './producer-callers.ts';

/** Calls of the producer as large as the generator's, from two callers. */
export const generatorCalls = { perCall: 4_000, callers: 2 };

/** What sending events through a platform took, from the first call to the last object. */
export interface Taken {
  readonly seconds: number;
  /** Of all threads of the platform, without the callers. */
  readonly cpuMicroseconds: number;
}

/**
 * Has a process of its own call the producer with events, and waits until they are in objects of the lake.
 *
 * @throws Error when a call failed or an event was not accepted
 */
export const sendThrough = async (
  { platform, endpoint }: Place,
  events: Omit<Load, 'endpoint' | 'perCall' | 'callers'>,
  { perCall, callers }: Pick<Load, 'perCall' | 'callers'>,
): Promise<Taken> => {
  const load: Load = { ...events, endpoint, perCall, callers };
  const child = fork(join(import.meta.dirname, 'producer-callers.ts'), [JSON.stringify(load)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const ended = once(child, 'exit');
  await once(child, 'message');

  let accepted = 0;
  child.on('message', (message: { readonly accepted: number }) => (accepted = message.accepted));
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const seconds = (): number => (performance.now() - startedMs) / 1000;
  const showing = setInterval(() => {
    const unread = platform.engines.eventSources.lag().reduce((most, { records }) => Math.max(most, records), 0);
    say(`${seconds().toFixed(0)} s  ${accepted.toLocaleString('en-US')} accepted  ${unread} records unread`);
  }, 3000);
  child.send('go');
  const [code] = (await ended) as [number];
  clearInterval(showing);
  if (code !== 0) throw new Error('the callers of the producer failed, see above');
  say(`${seconds().toFixed(1)} s  all accepted`);
  await platform.drain();
  say(`${seconds().toFixed(1)} s  all in objects`);
  if (accepted !== load.events) throw new Error(`${load.events} events were sent, and ${accepted} accepted`);
  const { user, system } = process.cpuUsage(before);
  return { seconds: seconds(), cpuMicroseconds: user + system };
};
