import { join } from 'node:path';
import type { Browser } from 'playwright-core';

/** A message of the live view and when it was seen, in ms UTC. */
export interface Message {
  readonly data: string;
  readonly receivedMs: number;
  /** When the page had drawn its figures with it; a frame of the last moment is not drawn yet. */
  readonly drawnMs?: number;
}

/** A plain WebSocket client with a session of the page. */
export const clientViewer = async (pageUrl: string): Promise<{ messages(): readonly Message[]; close(): void }> => {
  const { url } = (await (await fetch(`${pageUrl}/session`)).json()) as { readonly url: string };
  const socket = new WebSocket(url);
  const messages: Message[] = [];
  socket.addEventListener('message', ({ data }) => messages.push({ data: String(data), receivedMs: Date.now() }));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`no WebSocket connection at ${new URL(url).origin}`)));
  });
  return { messages: () => messages, close: () => socket.close() };
};

/** The dashboard itself in a browser, opened anew. */
export const pageViewer = async (
  pageUrl: string,
  browser: Browser,
): Promise<{ messages(): Promise<readonly Message[]>; close(): Promise<void> }> => {
  const page = await browser.newPage();
  await page.addInitScript({ path: join(import.meta.dirname, 'page-recorder.js') });
  await page.goto(pageUrl);
  return { messages: () => page.evaluate('recordedFrames'), close: () => page.close() };
};
