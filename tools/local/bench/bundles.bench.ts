// Of each function: the size of its bundle, and how long a new process takes to import it with the environment that its
// template gives it.
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FunctionSpec } from '@acme/laptop-aws/testing';
import { onAPlatform } from './on-a-platform.ts';
import { median, printRow, say } from './print.ts';

const times = 5;
const client = { AWS_REGION: 'us-west-2', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

const importMs = async (file: string, env: NodeJS.ProcessEnv): Promise<number> => {
  const program = join(import.meta.dirname, 'import-time.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, file], { env });
  return Number(stdout);
};

await onAPlatform(async ({ platform: { engines } }) => {
  for (const spec of engines.functions.names().map((name) => engines.functions.specOf(name))) await measure(spec);
});
process.exit();

async function measure({ name, codeDir, handler, environment }: FunctionSpec): Promise<void> {
  // CloudFormation ends the names it makes with hashes.
  const shown = name.replace(/[0-9A-F]{8}-[0-9A-F]{12}$/, '');
  say(shown);
  const file = join(codeDir, `${handler.slice(0, handler.lastIndexOf('.'))}.mjs`);
  printRow({ name: `bundle ${shown}: size`, value: statSync(file).size / 1000, unit: 'KB', atMost: 900 });
  const measured: number[] = [];
  for (let time = 0; time < times; time += 1) measured.push(await importMs(file, { ...client, ...environment }));
  printRow({
    name: `bundle ${shown}: import`,
    value: median(measured),
    unit: 'ms',
    atMost: 120,
    about: `median of ${times} new processes`,
  });
}
