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

/**
 * A browser for a test: an installed Chrome or Chromium (or `CHROME_PATH`), else the one from npm, else undefined.
 *
 * @param more arguments of Chromium's besides
 */
export const aBrowser = async (...more: readonly string[]): Promise<Browser | undefined> => {
  const args = [...quiet, ...more];
  const installed = [env['CHROME_PATH'] ?? '', ...(places[platform] ?? [])].find((path) => path && existsSync(path));
  if (installed) return chromium.launch({ executablePath: installed, args });
  try {
    // Makes it unpack the system libraries that it needs, as it does in Lambda, too.
    process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs24.x';
    const { default: packed } = await import('@sparticuz/chromium');
    const executablePath = await packed.executablePath();
    // Not its own arguments: one process and no web security are for Lambda.
    return await chromium.launch({ executablePath, args, env: { ...process.env } });
  } catch (error) {
    console.warn(`the npm browser does not start: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
};
