import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from '@acme/laptop-aws/machine';

const root = join(import.meta.dirname, '../../../..');
const stamp = join(root, 'dist/bundle/bundled-from');

/** Everything that a bundle is made of. */
const inputs = [
  'apps/*/{src,public}/**',
  'apps/*/{vite.config.ts,index.html,package.json}',
  'libs/**',
  'tools/{nx-targets,esbuild.config}.mjs',
  'package-lock.json',
];

/**
 * Builds the bundles of all apps with Nx, which keeps what has not changed; asks it only when something has.
 *
 * @returns whether nothing had changed
 * @throws BundleError with Nx's own words
 */
export const bundle = async (): Promise<boolean> => {
  const from = createHash('sha256')
    .update(await contentHash(root, inputs))
    .digest('hex');
  const before = existsSync(stamp) ? await readFile(stamp, 'utf8') : '';
  if (before === from) return true;
  await nx(['run-many', '-t', 'bundle', '--output-style=stream']);
  await writeFile(stamp, from);
  return false;
};

const nx = async (args: readonly string[]): Promise<void> => {
  const child = spawn(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NX_TUI: 'false' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve));
  if (code !== 0) throw new BundleError(`the apps could not be bundled:\n${said.trim()}`);
};

/** An app that does not bundle; the message holds what Nx said. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}
