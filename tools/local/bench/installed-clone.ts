import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../../..');

/** A clone of the last commit with its packages installed, where nothing has been built yet. */
export interface Clone {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Clones the repository and copies node_modules, links as links, so that the workspace's own packages are the clone's.
 *
 * @throws CloneError when node_modules is not what the commit's lock file says
 */
export const installedClone = async (): Promise<Clone> => {
  const folder = await mkdtemp(join(tmpdir(), 'acme-bench-clone-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await promisify(execFile)('git', ['clone', '--quiet', root, folder]);
    const lock = await readFile(join(folder, 'package-lock.json'));
    const stamp = join(root, 'node_modules/.installed-from');
    const installedFrom = existsSync(stamp) ? await readFile(stamp, 'utf8') : '';
    if (installedFrom !== createHash('sha256').update(lock).digest('hex')) {
      throw new CloneError(
        'the last commit has another package-lock.json than node_modules was installed from: commit it, or run npm start',
      );
    }
    await cp(join(root, 'node_modules'), join(folder, 'node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (path) => !path.endsWith(join('node_modules', '.cache')),
    });
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** A repository that cannot be cloned as installed. */
export class CloneError extends Error {
  override readonly name = 'CloneError';
}
