import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { mavenJars } from '@acme/laptop-aws/machine';
import { root } from './root.ts';
import { requiredEnvironment } from './virtual-environment.ts';

const programs = join(root, 'tools/clients/src/programs');

const jarsOf = (name: 'kcl2' | 'kcl3', size: string): Promise<string> =>
  mavenJars(
    { what: `the jars of tools/clients, ${name}`, name: `clients-${name}`, source: join(programs, 'java', name), size },
    console.log,
  );

/** What the stock clients of tools/clients run on, as the environment that they look in; what a machine may lack is empty. */
export const clientPrograms = async (): Promise<NodeJS.ProcessEnv> => {
  const [python, kcl2, kcl3] = await Promise.all([
    requiredEnvironment('clients', join(programs, 'python/requirements.txt')),
    jarsOf('kcl2', '29 MB'),
    jarsOf('kcl3', '105 MB'),
  ]);
  const [CLIENTS_GO, CLIENTS_KCAT] = [commandPath('go', ['/usr/local/go/bin']), commandPath('kcat')];
  if (CLIENTS_GO === '') console.log('skipped: the AWS SDK for Go, because there is no go: install Go 1.24 or newer');
  if (CLIENTS_KCAT === '') console.log('skipped: kcat, because it is not there: install kcat');
  return {
    CLIENTS_PYTHON: join(python, 'bin/python'),
    CLIENTS_KCL2: kcl2,
    CLIENTS_KCL3: kcl3,
    CLIENTS_GO,
    CLIENTS_KCAT,
  };
};

/** Where a command is, in the path or in folders besides; empty when it is not there. */
const commandPath = (name: string, folders: readonly string[] = []): string =>
  [...(process.env['PATH'] ?? '').split(delimiter), ...folders]
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file)) ?? '';
