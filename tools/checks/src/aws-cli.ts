import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './root.ts';

const exec = promisify(execFile);

/** AWS's own command line from PyPI; the one that people have installed may be any. */
const pinned = 'awscli==1.46.3';

/**
 * The path of a stock AWS command line, in a virtual environment of the repository's own.
 *
 * @throws Error that says what to install when there is no Python with venv
 */
export const awsCli = async (): Promise<string> => {
  const folder = join(root, '.local/engines', pinned.replace('==', '-'));
  const cli = join(folder, 'bin/aws');
  if (existsSync(cli)) return cli;
  await exec('python3', ['-m', 'venv', folder]).catch(() => {
    throw new Error('test:engines needs Python 3 with venv: install python3 and python3-venv, then run it again');
  });
  await exec(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', pinned]).catch(
    ({ stderr }: { stderr: string }) => {
      throw new Error(`${pinned} could not be installed from PyPI:\n${stderr}`);
    },
  );
  return cli;
};
