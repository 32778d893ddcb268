import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { aBrowser } from '../src/dashboard/browser.fixture.ts';
import type { Transport } from '../src/platform/keep-transport.ts';
import { openTraffic } from '../src/traffic/open-traffic.ts';
import { framesOf } from './frames.ts';
import { type Asked, latencies, type Latency, percentile } from './latency.ts';
import { onAPlatform } from './on-a-platform.ts';
import { printRow, say } from './print.ts';
import { clientViewer, pageViewer } from './viewers.ts';

const rate = 2000;
const seed = 0xbe9c;
const warmUpMs = 5000;
/** Traffic and the page's figures both have a beat of 250 ms; each visit meets them at another moment of it. */
const visits = 4;
const visitMs = 8000;
/** What arrives at the end of a visit may not be drawn any more, and is not measured. */
const lastMs = 2000;

/**
 * How long events take from the generator to the live page, at 2,000 events a second: to a WebSocket client and, where
 * there is a browser, to the page and to the picture of its figures.
 */
export const measureLive = (transport: Transport): Promise<void> =>
  onAPlatform(
    async ({ platform, dir, pageUrl }) => {
      const on = transport === 'kafka' ? ', on Kafka' : '';
      const asked: Asked[] = [];
      const traffic = await openTraffic({
        rate,
        seed,
        cursorFile: join(dir, 'traffic', 'viewing.json'),
        invoke: async (payload) => {
          const { from, count } = JSON.parse(payload) as { readonly from: number; readonly count: number };
          const askedMs = Date.now();
          const answer = await platform.engines.functions.invoke('acme-data-generator', payload);
          asked.push({ from, count, askedMs, answeredMs: Date.now() });
          return answer;
        },
        onProgress: ({ problem }) => problem && say(problem),
      });
      const browser = await aBrowser();
      if (!browser) say('no browser found: only a WebSocket client is measured');
      const client = await clientViewer(pageUrl);
      const latency = { client: [] as Latency[], page: [] as Latency[], drawn: [] as Latency[] };
      traffic.start();
      await wait(warmUpMs);

      for (let visit = 1; visit <= visits; visit += 1) {
        say(`visit ${visit} of ${visits}, ${visitMs / 1000} s of ${rate} events/s`);
        const page = browser && (await pageViewer(pageUrl, browser));
        const fromMs = Date.now();
        await wait(visitMs);
        const span = { seed, fromMs, untilMs: Date.now() - lastMs };
        const messages = (await page?.messages()) ?? [];
        await page?.close();
        latency.client.push(...latencies(asked, framesOf(client.messages(), 'receivedMs', span)));
        latency.page.push(...latencies(asked, framesOf(messages, 'receivedMs', span)));
        latency.drawn.push(...latencies(asked, framesOf(messages, 'drawnMs', span)));
      }
      client.close();
      await browser?.close();
      await traffic.stop();

      if (browser) {
        print(`generated to drawn in the browser, in its figures${on}`, latency.drawn, transport);
        print(`  to the page in the browser${on}`, latency.page);
      }
      print(
        `${browser ? '  to a WebSocket client' : 'generated to a WebSocket client'}${on}`,
        latency.client,
        browser ? undefined : transport,
      );
    },
    { transport },
  );

/** @param wantedOn the transport whose limits it is held against */
function print(name: string, latency: readonly Latency[], wantedOn?: Transport): void {
  const events = Math.round(latency.reduce((sum, { events: some }) => sum + some, 0));
  for (const [share, atMost] of [
    [0.5, wantedOn === 'kinesis' ? 500 : undefined], // for Kafka Lambda waits half a second for a batch to fill
    [0.99, wantedOn && 1500],
  ] as const) {
    printRow({
      name: `${name}: p${share * 100}`,
      value: percentile(latency, share),
      unit: 'ms',
      ...(atMost === undefined ? {} : { atMost }),
      ...(share === 0.5 ? { about: `${events.toLocaleString('en-US')} events at ${rate}/s` } : {}),
    });
  }
}
