// How fast consumers catch up that were down for two minutes, while events keep coming in: the same platform, started again.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { platformPorts } from '@acme/laptop-aws/machine';
import { eventId } from '@acme/synthetic';
import { startPlatform } from '../src/platform/start-platform.ts';
import { countLake } from '../src/summary/lake-counts.ts';
import { Progress } from '../src/terminal/progress.ts';
import { openTraffic } from '../src/traffic/open-traffic.ts';
import { printRow, say } from './print.ts';
import { generatorCalls, send } from './send-through.ts';

const incoming = 5_000;
const downSeconds = 120;
const backlog = incoming * downSeconds;
const [missed, live] = [0xca7c, 0xca7d];

const dir = await mkdtemp(join(tmpdir(), 'acme-bench-'));
const { port, awsPort } = await platformPorts();
const start = () => startPlatform({ dir, port, awsPort, schedules: false }, new Progress(process.stderr));
try {
  const before = await start();
  await before.engines.eventSources.stop();
  const place = { platform: before, endpoint: `http://127.0.0.1:${awsPort}` };
  await send(place, { seed: missed, from: 0, events: backlog }, generatorCalls);
  await before.stop();

  const platform = await start();
  const { functions, eventSources } = platform.engines;
  const traffic = await openTraffic({
    invoke: (payload) => functions.invoke('acme-data-generator', payload),
    rate: incoming,
    seed: live,
    cursorFile: join(dir, 'traffic', 'viewing.json'),
  });
  const startedMs = performance.now();
  const seconds = (): number => (performance.now() - startedMs) / 1000;
  traffic.start();
  const behind = (): number => eventSources.lag().reduce((most, { records }) => Math.max(most, records), 0);
  const atFirst = behind();
  // What is behind in the end is what has just come in: records carry fewer events then than those of the backlog.
  for (; behind() > atFirst / downSeconds; await wait(100))
    say(`${seconds().toFixed(1)} s  ${behind()} records unread`);
  const took = seconds();
  const came = traffic.totals().count;
  await traffic.stop();
  await platform.drain();
  const { count } = traffic.totals();
  for (const [seed, events] of [
    [missed, backlog],
    [live, count],
  ] as const) {
    const { landed } = await countLake({ dir, ids: [eventId(seed, 0), eventId(seed, events - 1)] });
    if (landed !== events)
      throw new Error(`${events} events of seed ${seed} were accepted, and ${landed} are in the lake`);
  }
  printRow({
    name: 'catching up after two minutes, in times the incoming rate',
    value: (backlog + came) / took / incoming,
    unit: '×',
    atLeast: 2,
    about: `${backlog.toLocaleString('en-US')} events behind, ${Math.round(came / took).toLocaleString('en-US')}/s coming in, caught up after ${took.toFixed(0)} s; every one is in the lake`,
  });
  await platform.stop();
} finally {
  await rm(dir, { recursive: true, force: true });
}
process.exit();
