// Events per second from the producer's invocation to gz objects of the lake, counted back, on a platform as it starts.
//   node throughput.bench.ts [--events 1000000]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { eventId } from '@acme/synthetic';
import { countLake } from '../src/sql/lake-counts.ts';
import { onAPlatform } from './on-a-platform.ts';
import { printRow, say } from './print.ts';
import type { Load } from './producer-callers.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '1000000' } }, strict: false });
const events = Number(values.events);
const seed = 0xbe9c;

await onAPlatform(async ({ platform, dir, endpoint }) => {
  const load: Load = { endpoint, seed, events, perCall: 1000, callers: 2 };
  const callers = fork(join(import.meta.dirname, 'producer-callers.ts'), [JSON.stringify(load)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const ended = once(callers, 'exit');
  await once(callers, 'message');

  let accepted = 0;
  callers.on('message', (message: { readonly accepted: number }) => (accepted = message.accepted));
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const seconds = (): number => (performance.now() - startedMs) / 1000;
  const showing = setInterval(() => {
    const unread = platform.engines.eventSources.lag().reduce((most, { records }) => Math.max(most, records), 0);
    say(`${seconds().toFixed(0)} s  ${accepted.toLocaleString('en-US')} accepted  ${unread} records unread`);
  }, 3000);
  callers.send('go');
  const [code] = (await ended) as [number];
  clearInterval(showing);
  if (code !== 0) throw new Error('the callers of the producer failed, see above');
  say(`${seconds().toFixed(1)} s  all accepted`);
  await platform.drain();
  const { user, system } = process.cpuUsage(before);
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  say(`${seconds().toFixed(1)} s  all in objects`);
  const { landed, rows } = await countLake({ dir, ids: [eventId(seed, 0), eventId(seed, events - 1)] });
  const took = seconds();

  if (accepted !== events || landed !== events) {
    throw new Error(`${events} events were sent, ${accepted} accepted, and ${landed} are in the lake`);
  }
  printRow({
    name: 'laptop platform: producer invoke to gz objects, counted back',
    value: events / took,
    unit: 'events/s',
    atLeast: 30_000,
    about: `${events.toLocaleString('en-US')} events in ${took.toFixed(1)} s, ${rows - landed} repeated, ${load.callers} callers, ${load.perCall} events a call`,
  });
  printRow({
    name: '  CPU per event, all threads of the platform',
    value: (user + system) / events,
    unit: 'µs',
    about: 'without the callers and the count',
  });
  printRow({ name: '  memory, at most', value: peakMiB, unit: 'MiB', about: 'resident, before the count' });
});
process.exit();
