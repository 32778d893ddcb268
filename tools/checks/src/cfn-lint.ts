import { join } from 'node:path';
import { virtualEnvironment } from './virtual-environment.ts';

/** The path of cfn-lint from PyPI: a linter of CloudFormation templates. */
export const cfnLint = async (): Promise<string> => join(await virtualEnvironment('cfn-lint==1.51.0'), 'bin/cfn-lint');
