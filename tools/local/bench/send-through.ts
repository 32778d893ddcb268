import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Place } from './on-a-platform.ts';
import { say } from './print.ts';
import type { Load } from './producer-callers.ts';

/** Calls of the producer as large as the generator's, from two callers. */
export const generatorCalls = { perCall: 8_000, callers: 2 };

/** What sending events through a platform took, from the first call to the last object. */
export interface Taken {
  readonly seconds: number;
  /** Of all threads of the platform, without the callers. */
  readonly cpuMicroseconds: number;
}

type Sent = Omit<Load, 'endpoint' | 'perCall' | 'callers'>;
type Calls = Pick<Load, 'perCall' | 'callers'>;
type At = Pick<Place, 'platform' | 'endpoint'>;

/**
 * Has a process of its own call the producer with events, and waits until they are in objects of the lake.
 *
 * @throws Error when a call failed or an event was not accepted
 */
export const sendThrough = async (place: At, events: Sent, calls: Calls): Promise<Taken> => {
  const sent = await send(place, events, calls);
  const drained = await taking(() => place.platform.drain());
  const seconds = sent.seconds + drained.seconds;
  say(`${seconds.toFixed(1)} s  all in objects`);
  return { seconds, cpuMicroseconds: sent.cpuMicroseconds + drained.cpuMicroseconds };
};

/** The same without the wait: when it resolves all events are on the stream. */
export const send = async ({ platform, endpoint }: At, events: Sent, { perCall, callers }: Calls): Promise<Taken> => {
  const load: Load = { ...events, endpoint, perCall, callers };
  const child = fork(join(import.meta.dirname, 'producer-callers.ts'), [JSON.stringify(load)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const ended = once(child, 'exit');
  await once(child, 'message');

  let accepted = 0;
  child.on('message', (message: { readonly accepted: number }) => (accepted = message.accepted));
  const startedMs = performance.now();
  const showing = setInterval(() => {
    const unread = platform.engines.eventSources.lag().reduce((most, { records }) => Math.max(most, records), 0);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
    say(`${seconds} s  ${accepted.toLocaleString('en-US')} accepted  ${unread} records unread`);
  }, 3000);
  const taken = await taking(async () => {
    child.send('go');
    const [code] = (await ended) as [number];
    if (code !== 0) throw new Error('the callers of the producer failed, see above');
  });
  clearInterval(showing);
  if (accepted !== events.events) throw new Error(`${events.events} events were sent, and ${accepted} accepted`);
  say(`${taken.seconds.toFixed(1)} s  all accepted`);
  return taken;
};

const taking = async (work: () => Promise<void>): Promise<Taken> => {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - startedMs) / 1000, cpuMicroseconds: user + system };
};
