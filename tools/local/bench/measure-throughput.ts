import { eventId } from '@acme/synthetic';
import type { Transport } from '../src/platform/keep-transport.ts';
import { countLake } from '../src/summary/lake-counts.ts';
import { onAPlatform } from './on-a-platform.ts';
import { printRow } from './print.ts';
import { generatorCalls as calls, sendThrough } from './send-through.ts';

const seed = 0xbe9c;

/** Sends events through a platform as it starts, counts them back in the lake, and prints what that took. */
export const measureThroughput = (
  events: number,
  { name, transport, atLeast }: { readonly name: string; readonly transport: Transport; readonly atLeast: number },
): Promise<void> =>
  onAPlatform(
    async (place) => {
      const { seconds, cpuMicroseconds } = await sendThrough(place, { seed, from: 0, events }, calls);
      const peakMiB = process.resourceUsage().maxRSS / 1024;
      const countedMs = performance.now();
      const { landed, rows } = await countLake({ dir: place.dir, ids: [eventId(seed, 0), eventId(seed, events - 1)] });
      const took = seconds + (performance.now() - countedMs) / 1000;
      if (landed !== events) throw new Error(`${events} events were accepted, and ${landed} are in the lake`);
      printRow({
        name,
        value: events / took,
        unit: 'events/s',
        atLeast,
        about: `${events.toLocaleString('en-US')} events in ${took.toFixed(1)} s, ${rows - landed} repeated, ${calls.callers} callers, ${calls.perCall} events a call`,
      });
      printRow({
        name: '  CPU per event, all threads of the platform',
        value: cpuMicroseconds / events,
        unit: 'µs',
        about: 'without the callers and the count',
      });
      printRow({ name: '  memory, at most', value: peakMiB, unit: 'MiB', about: 'resident, before the count' });
    },
    { transport },
  );
