import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { manifest } from './manifest.ts';

const run = promisify(execFile);
const library = dirname(import.meta.dirname);
const root = dirname(dirname(library));

/** Where the package goes when nobody says otherwise. */
export const packageFolder = join(root, 'dist', 'packages', 'telemetry-schema');

/**
 * Writes the package that other teams install (ES modules, declarations, samples, README) and makes its tarball.
 *
 * @param folder is emptied first
 * @returns the path of the tarball, which lies in the folder
 */
export const pack = async (folder: string = packageFolder): Promise<string> => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [tsc, '-p', join(library, 'tsconfig.pack.json'), '--outDir', folder]);
  cpSync(join(library, 'samples'), join(folder, 'samples'), { recursive: true });
  cpSync(join(library, 'README.md'), join(folder, 'README.md'));
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(library, root), null, 2)}\n`);
  const { stdout } = await npm(['pack', '--json', '--loglevel=error'], folder);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return join(folder, filename);
};

/** Runs npm in a folder. */
export const npm = (args: readonly string[], cwd: string): Promise<{ stdout: string }> =>
  run('npm', args, { cwd, shell: process.platform === 'win32' });
