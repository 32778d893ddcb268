import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const path = 'libs/telemetry-schema/published';

/**
 * Writes the contract that a commit had published into a folder, its samples with it; nothing when it had none.
 *
 * @param ref a commit, branch or tag
 * @returns the folder of the contract
 * @throws Error when git does not know the commit
 */
export const publishedAt = (workspace: string, ref: string, folder: string): string => {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: workspace, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const commit = git('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`).trim();
  const files = git('ls-tree', '-r', '--name-only', commit, '--', path).split('\n').filter(Boolean);
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), git('show', `${commit}:${file}`));
  }
  return join(folder, path);
};
