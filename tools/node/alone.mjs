import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** No installation takes so long; a number of a process may be another's by then. */
const mostMs = 15 * 60_000;

/**
 * Does the work while no other process of this machine does work under the same lock file, and waits for its turn. A
 * lock whose process has ended counts for nothing.
 */
export const alone = async (file, work) => {
  for (let said = false; !taken(file); said = true) {
    if (!said) process.stderr.write('install    another command installs; waiting for it\n');
    await wait(250);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
};

const taken = (file) => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (isLeft(file)) rmSync(file, { force: true });
  return false;
};

const isLeft = (file) => {
  try {
    if (Date.now() - statSync(file).mtimeMs > mostMs) return true;
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
};
