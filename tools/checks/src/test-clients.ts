// npm run test:clients: every stock client of tools/clients against a running platform, which test:engines does too.
// -- --full sends as many records as the figures want; -- --write writes what was run into docs/clients.md.
import { parseArgs } from 'node:util';
import { clientPrograms } from './client-programs.ts';
import { pinnedJavaPath } from './java-readers.ts';
import { runEngines } from './run-engines.ts';

const { values } = parseArgs({ options: { full: { type: 'boolean' }, write: { type: 'boolean' } } });

const environment = async (): Promise<NodeJS.ProcessEnv> => ({
  READERS_JAVA: await pinnedJavaPath(),
  ...(await clientPrograms()),
  CLIENTS_FULL: values.full ? '1' : '',
  CLIENTS_WRITE: values.write ? '1' : '',
});

process.exit(await runEngines('tests-clients', environment(), ['tools/clients/']));
