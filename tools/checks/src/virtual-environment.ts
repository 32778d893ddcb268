import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './root.ts';

const exec = promisify(execFile);

/**
 * A Python virtual environment of the repository's own with one package of PyPI, made when it is first asked for.
 *
 * @param pinned such as `pyarrow==22.0.0`
 * @returns its folder
 * @throws Error that says what to install when there is no Python with venv
 */
export const virtualEnvironment = (pinned: string): Promise<string> =>
  environment(pinned.replace('==', '-'), pinned, [pinned]);

/**
 * The same with what a requirements file lists, each by its hashes.
 *
 * @param name begins the name of its folder
 */
export const requiredEnvironment = (name: string, requirements: string): Promise<string> => {
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  return environment(`${name}-${digest}`, requirements, ['--require-hashes', '-r', requirements]);
};

const environment = async (name: string, what: string, install: readonly string[]): Promise<string> => {
  const folder = join(root, '.local/engines', name);
  const isWhole = join(folder, 'is-whole');
  if (existsSync(isWhole)) return folder;
  await exec('python3', ['-m', 'venv', folder]).catch(() => {
    throw new Error('test:engines needs Python 3 with venv: install python3 and python3-venv, then run it again');
  });
  await exec(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...install]).catch(
    ({ stderr }: { stderr: string }) => {
      throw new Error(`${what} could not be installed from PyPI:\n${stderr}`);
    },
  );
  writeFileSync(isWhole, '');
  return folder;
};
