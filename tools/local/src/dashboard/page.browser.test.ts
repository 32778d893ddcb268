// The built page in a real browser, behind the laptop's own dashboard server, fed by a real WebSocket server.
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { aFrame, aShownEvent } from '../../../../apps/dashboard/src/frame.fixture.ts';
import { aBrowser } from './browser.fixture.ts';
import { aFeed, type Feed } from './feed.fixture.ts';
import { type Dashboard, openDashboard } from './dashboard.ts';

const browser = await aBrowser();
const how = 'install Chrome or Chromium, or set CHROME_PATH to one';

if (!browser && process.env['CI'])
  it('has a browser to test the page with', () => {
    throw new Error(`there is none: ${how}`);
  });

(browser ? describe : describe.skip)(browser ? 'the live page' : `the live page (no browser: ${how})`, () => {
  let feed: Feed;
  let dashboard: Dashboard;
  let context: BrowserContext;
  let page: Page;
  let errors: string[];

  beforeEach(async () => {
    let minted = 0;
    feed = await aFeed();
    dashboard = await openDashboard({
      port: 0,
      webSocketUrl: feed.url,
      folder: join(import.meta.dirname, '../../../../dist/bundle/dashboard'),
      mintToken: async () => `token-${++minted}`,
      report: (line) => void errors.push(line),
    });
    errors = [];
    context = await (browser as Browser).newContext({ viewport: { width: 360, height: 740 } });
    page = await context.newPage();
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text()))
        errors.push(message.text());
    });
  });
  afterEach(async () => {
    await context.close();
    await dashboard.close();
    await feed.stop();
    expect(errors).toEqual([]);
  });
  afterAll(() => browser?.close());

  const status = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();
  const open = async (): Promise<void> => {
    await page.goto(dashboard.url);
    await status('Live');
  };
  const seen = (text: string) => page.getByText(text, { exact: true }).first().waitFor();
  const row = (name: string) => page.getByRole('row', { name }).first();

  it('says how to make events while there are none', async () => {
    await open();
    await seen('Waiting for events…');
    await seen('npx nx run generator:invoke');
  });

  it('shows rate, counts, delay and the newest events, and fits a narrow screen', async () => {
    await open();
    const sample = [aShownEvent({ title_id: 'newer' }), aShownEvent({ title_id: 'older' })];
    feed.send(
      aFrame({
        total: 3000,
        invalid: 2,
        missed: 7,
        byType: { start: 2000, stop: 1000 },
        byDevice: { tv: 3000 },
        sample,
      }),
    );
    await page.locator('#received', { hasText: '3,000' }).waitFor();
    await page.locator('#rate', { hasText: '1,000' }).waitFor(); // over the last three whole seconds
    await page.locator('#delay', { hasText: 's' }).waitFor();
    await row('start 2,000').waitFor();
    await row('stop 1,000').waitFor();
    await row('tv 3,000').waitFor();
    await seen('2 invalid events, put aside by the lake · 7 events not shown: this page did not keep up');
    await page.locator('#recent-rows tr').nth(1).waitFor();
    expect(await page.locator('#recent-rows .id:not(.wide)').allTextContents()).toEqual(['newer', 'older']);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('comes back by itself when the server drops it, with a fresh token, and goes on counting', async () => {
    await open();
    feed.send(aFrame({ total: 5 }));
    await page.locator('#received', { hasText: '5' }).waitFor();
    feed.drop();
    await status('Reconnecting');
    await status('Live');
    feed.send(aFrame({ total: 6 }));
    await page.locator('#received', { hasText: '11' }).waitFor();
    expect(feed.tokens).toEqual(['token-1', 'token-2']);
  });

  it('says what to look at when the platform is gone, and tries at once when asked', async () => {
    await page.clock.install();
    await open();
    // From here on the page's timers stand still: by itself it never tries again.
    await page.clock.pauseAt(((await page.evaluate('Date.now()')) as number) + 60_000);
    await feed.stop();
    await seen('No connection to the platform.');
    await feed.start();
    await page.getByRole('button', { name: 'Try now' }).click();
    await status('Live');
    expect(await page.getByText('No connection to the platform.').isVisible()).toBe(false);
  });

  it('filters and pauses by keyboard', async () => {
    await open();
    feed.send(aFrame({ total: 5 }));
    await page.locator('#received', { hasText: '5' }).waitFor();
    await page.keyboard.press('Tab'); // the skip link
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const pause = page.getByRole('button', { name: 'Resume' });
    expect(await pause.getAttribute('aria-pressed')).toBe('true');
    feed.send(aFrame({ total: 4 }));
    await page.getByRole('button', { name: 'Resume (4 new)' }).waitFor();
    expect(await page.locator('#received').textContent()).toBe('5');
    await page.keyboard.press('Enter');
    await page.locator('#received', { hasText: '9' }).waitFor();

    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await seen('Waiting for events that fit the filter…');
    expect(feed.filters).toEqual([{ event_type: ['start'] }]);
    await page.getByRole('checkbox', { name: 'tv' }).press('Space');
    await page.getByRole('button', { name: 'Show all' }).press('Enter');
    await seen('Waiting for events…');
    expect(feed.filters.slice(1)).toEqual([{ event_type: ['start'], device_type: ['tv'] }, {}]);
  });

  it('asks for the same filter after it has come back', async () => {
    await open();
    await page.getByRole('checkbox', { name: 'web' }).check();
    await seen('Waiting for events that fit the filter…');
    feed.drop();
    await status('Reconnecting');
    await status('Live');
    feed.send(aFrame({ total: 3 }));
    await page.locator('#received', { hasText: '3' }).waitFor();
    expect(feed.filters).toEqual([{ device_type: ['web'] }, { device_type: ['web'] }]);
  });

  it('takes a pasted address where the site gives no session, and asks again when it has ended', async () => {
    await page.route('**/session', (route) => route.fulfill({ status: 404, body: 'no' }));
    await page.goto(dashboard.url);
    const address = page.getByLabel('Address of the live feed');
    await address.fill('https://example.com');
    await address.press('Enter');
    await seen('That is not an address of the form wss://…?token=…');
    await address.fill(`${feed.url}?token=pasted`);
    await address.press('Enter');
    await status('Live');
    expect(feed.tokens).toEqual(['pasted']);
    expect(await address.isVisible()).toBe(false);
    feed.drop();
    await status('Not connected');
    await page.getByText('The connection has ended.').waitFor();
    expect(await address.inputValue()).toBe('');
  });
});
