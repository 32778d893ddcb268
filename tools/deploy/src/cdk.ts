import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './assembly.ts';

/** Runs the CDK command line in a folder of the repository; gives its exit code. */
export const cdk = (args: readonly string[], folder: string): Promise<number> =>
  new Promise((resolve, reject) => {
    spawn(join(root, 'node_modules/.bin/cdk'), ['--no-notices', '--no-version-reporting', ...args], {
      cwd: join(root, folder),
      stdio: 'inherit',
    })
      .on('error', reject)
      .on('exit', (code) => resolve(code ?? 1));
  });
