// eval "$(npm run -s env)": this shell's AWS clients talk to the laptop platform, whatever they talk to now.
import { awsTarget, readCommandLine, runCommand, targetOptions } from '@acme/command-kit';
import * as z from 'zod';
import { installedVersion, tooOld } from './aws-cli.ts';
import { shellLines } from './shell-lines.ts';

const command = {
  usage: 'npm run -s env --',
  does: 'Prints the lines after which the AWS clients of this shell talk to the laptop platform: eval "$(npm run -s env)".',
  options: z.strictObject(targetOptions),
};

await runCommand(async () => {
  const { client } = awsTarget(readCommandLine(command).options, {});
  process.stdout.write(`${shellLines(client.endpoint as string).join('\n')}\n`);
  const warning = tooOld(installedVersion());
  if (warning !== undefined) process.stderr.write(`${warning}\n`);
});
