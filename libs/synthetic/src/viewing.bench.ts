// Events per second on one core, sessions and all, to NDJSON bytes; beside it what a naive generator makes, and the
// event's own JSON.stringify, which nobody who stringifies objects can pass; and lines with faults among them.
import { faker } from '@faker-js/faker';
import type { ViewingEvent } from '@acme/telemetry-schema';
import {
  clickstreamBytes,
  faultyLines,
  fixedClock,
  openUniverse,
  someOfEach,
  viewingBytes,
  viewingEvents,
} from './index.ts';

const perCall = 1000;
const rounds = 9;
const roundMs = 700;

const universe = openUniverse(1);
const clock = fixedClock(Date.UTC(2026, 0, 1, 20));
const event = viewingEvents(universe, { from: 7, count: 1, clock })[0] as ViewingEvent;
let from = 0;
let bytes = 0;

/** Each makes a thousand events and adds to `bytes`, so that nothing is optimised away. */
const contestants = {
  synthetic: () => {
    bytes += viewingBytes(universe, { from, count: perCall, clock }).length;
    from += perCall;
  },
  clickstream: () => {
    bytes += clickstreamBytes(universe, { from, count: perCall, clock }).length;
    from += perCall;
  },
  faulty: () => {
    for (const line of faultyLines(universe, { from, count: perCall, clock, dial: someOfEach })) bytes += line.length;
    from += perCall;
  },
  faker: () => {
    for (let made = 0; made < perCall; made += 1) bytes += JSON.stringify(fakerEvent()).length + 1;
  },
  stringify: () => {
    for (let made = 0; made < perCall; made += 1) bytes += JSON.stringify(event).length + 1;
  },
};

/** The fields of the contract at random, as one does it with faker: no session, no story. */
const fakerEvent = (): ViewingEvent => ({
  event_id: faker.string.uuid(),
  event_timestamp: faker.date.recent().toISOString(),
  event_type: faker.helpers.arrayElement(['start', 'pause', 'resume', 'stop', 'complete']),
  customer_id: `cus-${String(faker.number.int({ min: 1, max: 10_000 })).padStart(6, '0')}`,
  title_id: `ttl-${String(faker.number.int({ min: 1, max: 1_000 })).padStart(4, '0')}`,
  title_type: faker.helpers.arrayElement(['movie', 'series', 'documentary']),
  device_type: faker.helpers.arrayElement(['mobile', 'web', 'tv', 'tablet']),
  quality: faker.helpers.arrayElement(['SD', 'HD', '4K']),
  watch_duration_seconds: faker.number.int({ min: 0, max: 10_800 }),
  completion_percentage: faker.number.float({ min: 0, max: 100, fractionDigits: 1 }),
  session_id: faker.string.uuid(),
});

const eventsPerSecond = (makeThousand: () => void): number => {
  const started = performance.now();
  let calls = 0;
  while (performance.now() - started < roundMs) {
    makeThousand();
    calls += 1;
  }
  return (calls * perCall * 1000) / (performance.now() - started);
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
const print = (row: object): void => console.log(JSON.stringify(row));

const names = Object.keys(contestants) as (keyof typeof contestants)[];
const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
  keyof typeof contestants,
  number[]
>;
for (const name of names) eventsPerSecond(contestants[name]);
for (let round = 1; round <= rounds; round += 1) {
  process.stderr.write(`round ${round} of ${rounds}\n`);
  for (const name of names) measured[name].push(eventsPerSecond(contestants[name]));
}
const ratios = measured.synthetic.map((speed, round) => speed / (measured.faker[round] as number));

const unit = 'events/s';
print({
  name: 'synthetic: events to NDJSON bytes, one core',
  value: median(measured.synthetic),
  unit,
  atLeast: 800_000,
  about: `median of ${rounds} rounds, ${perCall} events a call`,
});
print({
  name: 'synthetic: clickstream to NDJSON bytes, one core',
  value: median(measured.clickstream),
  unit,
  atLeast: 650_000,
  about: `median of ${rounds} rounds, ${perCall} events a call`,
});
print({
  name: 'synthetic: events to lines with some of each fault, one core',
  value: median(measured.faulty),
  unit,
  atLeast: 300_000,
  about: `median of ${rounds} rounds, ${perCall} events a call`,
});
print({
  name: 'synthetic: times faker-per-event',
  value: median(ratios),
  unit: '×',
  atLeast: 4,
  about: 'round by round',
});
print({ name: '  faker per event + JSON.stringify', value: median(measured.faker), unit });
print({ name: '  JSON.stringify of the event alone', value: median(measured.stringify), unit, about: 'the limit' });
if (bytes === 0) throw new Error('nothing was made');
