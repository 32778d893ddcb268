import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './alone.mjs';
import { root } from './root.mjs';

const stamp = join(root, 'node_modules', '.installed-from');

/**
 * Makes node_modules what the lock file says, once per lock file; `fail` is told when npm could not. Of two commands
 * that begin at the same time one installs and the other waits.
 */
export const installed = async (fail) => {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (read(stamp) === lock) return;
  await alone(join(root, '.installing'), async () => {
    if (read(stamp) === lock) return;
    const started = Date.now();
    process.stderr.write('install    dependencies, as package-lock.json pins them (about a minute, once)\n');
    const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    const code = await new Promise((resolve) => npm.on('exit', resolve).on('error', () => resolve(1)));
    if (code !== 0) fail('install    npm ci failed, see above; with the network back, run the command again');
    writeFileSync(stamp, lock);
    process.stderr.write(`install    done in ${Math.round((Date.now() - started) / 1000)} s\n`);
  });
};

const read = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};
