import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.ts';

/** Runs an installed command in the repository, its output shown as it comes; gives its exit code. */
export const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    spawn(join(root, 'node_modules/.bin', command), args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NX_TUI: 'false', ...env },
      shell: process.platform === 'win32',
    })
      .on('error', reject)
      .on('exit', (code) => resolve(code ?? 1));
  });
