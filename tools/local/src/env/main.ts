// eval "$(npm run -s env)": this shell's AWS clients talk to the laptop platform.
import { CommonOptions, optionsOrExit } from '../options.ts';
import { shellLines } from './shell-lines.ts';

const { options } = optionsOrExit(CommonOptions);
process.stdout.write(`${shellLines(options.awsPort).join('\n')}\n`);
