import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const { env, platform } = process;
const underProgramFiles = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) =>
  env[name] ? [join(env[name], 'Google/Chrome/Application/chrome.exe')] : [],
);
const places: Readonly<Record<string, readonly string[]>> = {
  linux: ['/usr/bin/google-chrome', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium'],
  darwin: ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: underProgramFiles,
};

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser for a test: an installed Chrome or Chromium (or `CHROME_PATH`), else the one from npm, else undefined. */
export const aBrowser = async (): Promise<Browser | undefined> => {
  const installed = [env['CHROME_PATH'] ?? '', ...(places[platform] ?? [])].find((path) => path && existsSync(path));
  if (installed) return chromium.launch({ executablePath: installed, args: quiet });
  try {
    // Its own arguments (one process, no web security) are for Lambda.
    const { default: packed } = await import('@sparticuz/chromium');
    return await chromium.launch({ executablePath: await packed.executablePath(), args: quiet });
  } catch {
    return undefined; // not for this platform
  }
};
