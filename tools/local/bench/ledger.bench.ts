// What receipts and ledger cost: sustained throughput of the same platform with and without them, turn about.
//   node ledger.bench.ts [--events 1000000]
import { parseArgs } from 'node:util';
import { onAPlatform } from './on-a-platform.ts';
import { printRow, say } from './print.ts';
import { generatorCalls as calls, sendThrough, type Taken } from './send-through.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '1000000' } }, strict: false });
const events = Number(values.events);
const warmUp = Math.ceil(events / 5);
const seed = 0x1ed9e;

const sustained = async (ledger: boolean): Promise<Taken> => {
  say(`${ledger ? 'with' : 'without'} receipts and ledger`);
  let taken: Taken | undefined;
  await onAPlatform(
    async (place) => {
      await sendThrough(place, { seed, from: 0, events: warmUp }, calls);
      taken = await sendThrough(place, { seed, from: warmUp, events }, calls);
    },
    { context: { ledger: String(ledger) } },
  );
  return taken as Taken;
};

const runs: Record<'on' | 'off', Taken[]> = { on: [], off: [] };
for (const which of ['off', 'on', 'on', 'off'] as const) runs[which].push(await sustained(which === 'on'));
const sum = (which: 'on' | 'off', what: keyof Taken): number =>
  runs[which].reduce((all, taken) => all + taken[what], 0);
const rate = (which: 'on' | 'off'): number => (runs[which].length * events) / sum(which, 'seconds');
const cpu = (which: 'on' | 'off'): number => sum(which, 'cpuMicroseconds') / (runs[which].length * events);

printRow({
  name: 'receipts and ledger: throughput they cost',
  value: (1 - rate('on') / rate('off')) * 100,
  unit: '%',
  atMost: 10,
  about: `${Math.round(rate('off')).toLocaleString('en-US')} events/s without, ${Math.round(rate('on')).toLocaleString('en-US')} with, two runs each after a warm-up`,
});
printRow({
  name: '  CPU per event they cost',
  value: cpu('on') - cpu('off'),
  unit: 'µs',
  about: `${cpu('off').toFixed(1)} µs without`,
});
process.exit();
