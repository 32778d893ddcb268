// npm run test:clients: every stock client of tools/clients against a running platform, which test:engines does too.
// -- --full sends as many records as the figures want; -- --write writes what was run into docs/clients.md.
import { flag } from '@acme/command-kit';
import { commandLineOrExit } from '@acme/local/options';
import * as z from 'zod';
import { clientPrograms } from './client-programs.ts';
import { pinnedJavaPath } from './java-readers.ts';
import { jestSuites } from './jest-suites.ts';
import { close } from './outcome.ts';

const { options } = commandLineOrExit({
  usage: 'npm run test:clients --',
  does: 'Runs every stock client against a platform of its own.',
  options: z.strictObject({
    full: flag.describe('Sends as many records as the figures want'),
    write: flag.describe('Writes what was run into docs/clients.md'),
  }),
});

const environment = async (): Promise<NodeJS.ProcessEnv> => ({
  READERS_JAVA: await pinnedJavaPath(),
  ...(await clientPrograms()),
  CLIENTS_FULL: options.full ? '1' : '',
  CLIENTS_WRITE: options.write ? '1' : '',
});

close([
  await jestSuites({
    name: 'npm run test:clients',
    kind: 'engines',
    workers: 1,
    environment,
    pattern: 'tools/clients/',
  }),
]);
