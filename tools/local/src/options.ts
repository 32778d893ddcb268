import { join, resolve } from 'node:path';
import { type Command, HelpWanted, port, readCommandLine, text, UsageError } from '@acme/command-kit';
import * as z from 'zod';

/** What every command that touches the platform's state or address takes. */
export const CommonOptions = z.strictObject({
  dir: text('a folder')
    .transform((dir) => resolve(dir))
    .default(join(import.meta.dirname, '../../../.local'))
    .describe('The state folder; one per platform'),
  port: port().default(4200).describe('Of the dashboard'),
  awsPort: port().default(4566).describe('Of the AWS endpoint'),
});
export type CommonOptions = z.output<typeof CommonOptions>;

/** Of a platform that runs already: its state folder knows its port, too. */
export const RunningOptions = CommonOptions.extend({
  awsPort: port().optional().describe('Of the AWS endpoint. Without it what the folder says'),
});

/** Reads the command line of a program: prints what is wrong with it and exits with 2, or the help, and exits with 0. */
export const commandLineOrExit = <Options extends z.ZodObject>(command: Command<Options>) => {
  try {
    return readCommandLine(command);
  } catch (error) {
    if (error instanceof HelpWanted) {
      process.stdout.write(`${error.message}\n`);
      return process.exit(0);
    }
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(2);
  }
};
