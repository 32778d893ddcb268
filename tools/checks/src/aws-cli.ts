import { join } from 'node:path';
import { virtualEnvironment } from './virtual-environment.ts';

/** The path of AWS's own command line from PyPI; the one that people have installed may be any. */
export const awsCli = async (): Promise<string> => join(await virtualEnvironment('awscli==1.46.3'), 'bin/aws');
