import { join } from 'node:path';
import { virtualEnvironment } from './virtual-environment.ts';

/** The path of ministack from PyPI: an emulator of AWS that takes whole stacks. */
export const miniStack = async (): Promise<string> =>
  join(await virtualEnvironment('ministack==1.5.33'), 'bin/ministack');
