// eval "$(npm run -s env)": this shell's AWS clients talk to the laptop platform, whatever they talk to now.
import { awsTarget, readCommandLine, runCommand, targetOptions } from '@acme/command-kit';
import { installedVersion, tooOld } from './aws-cli.ts';
import { shellLines } from './shell-lines.ts';

await runCommand(async () => {
  const { client } = awsTarget(readCommandLine(targetOptions), {});
  process.stdout.write(`${shellLines(client.endpoint as string).join('\n')}\n`);
  const warning = tooOld(installedVersion());
  if (warning !== undefined) process.stderr.write(`${warning}\n`);
});
