// npx nx run telemetry-schema:release [--dry-run]: writes what is new in this version into CHANGELOG.md, from the commits
// since the last one that are named `feat(telemetry-schema): …` or `fix(telemetry-schema): …`, and says how to tag it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '../../..');
const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string;
};
const tag = `telemetry-schema@${version}`;
const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });

if (run('git', 'tag', '--list', tag).trim() !== '') {
  console.log(`${tag} is released: raise the version by npx nx run telemetry-schema:publish`);
} else {
  const isFirst = run('git', 'tag', '--list', 'telemetry-schema@*').trim() === '';
  const options = [...(isFirst ? ['--first-release'] : []), ...(values['dry-run'] ? ['--dry-run'] : [])];
  process.stdout.write(run('nx', 'release', 'changelog', version, '--projects=telemetry-schema', ...options));
  if (!values['dry-run']) console.log(`commit CHANGELOG.md, then: git tag ${tag} && npx nx run telemetry-schema:pack`);
}
