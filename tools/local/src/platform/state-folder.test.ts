import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { runningOn, takeStateFolder } from './state-folder.ts';

const ports = { port: 4200, awsPort: 4566 };
const folder = (): string => mkdtempSync(join(tmpdir(), 'acme-state-'));
const children = new Set<ReturnType<typeof spawn>>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** Takes a folder in a process of its own, which holds it until it is killed. @returns what it says first */
const take = async (dir: string, cwd = process.cwd()): Promise<{ said: string; kill: () => Promise<unknown> }> => {
  const program = `import { takeStateFolder } from ${JSON.stringify(join(import.meta.dirname, 'state-folder.ts'))};
    try { takeStateFolder(${JSON.stringify(dir)}, ${JSON.stringify(ports)}); console.log('taken'); setInterval(() => {}, 1e6); }
    catch (error) { console.log(error.message); }`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const ended = once(child, 'close');
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    said: said.toString().trim(),
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
};
const whoGotIt = async (starts: readonly Promise<{ said: string }>[]): Promise<readonly string[]> =>
  (await Promise.all(starts)).map(({ said }) => said);

describe('a state folder', () => {
  it('is one platform’s, of several that start at once, also when a killed one has left its mark', async () => {
    const dir = folder();
    writeFileSync(join(dir, 'platform.json'), JSON.stringify({ pid: process.pid, ...ports }));
    const said = await whoGotIt([take(dir), take(dir), take(dir), take(dir)]);
    expect(said.filter((each) => each === 'taken')).toHaveLength(1);
    expect(said.filter((each) => each.includes('a platform runs on'))).toHaveLength(3);
  });

  it('is the same folder by every path to it, and from every working directory', async () => {
    const dir = folder();
    const link = join(folder(), 'link');
    symlinkSync(dir, link, 'junction');
    mkdirSync(join(dir, 'inside'));
    const said = await whoGotIt([
      take(dir),
      take(link),
      take(join(dir, 'inside', '..')),
      take('.', dir),
      take(relative(tmpdir(), link), tmpdir()),
      take(basename(dir), dirname(dir)),
    ]);
    expect(said.filter((each) => each === 'taken')).toHaveLength(1);
  });

  it('is free again as soon as its platform was killed', async () => {
    const dir = folder();
    for (const _ of [1, 2, 3]) {
      const platform = await take(dir);
      expect(platform.said).toBe('taken');
      expect(runningOn(dir)).toMatchObject(ports);
      await platform.kill();
      expect(runningOn(dir)).toBeUndefined();
    }
  });

  it('is not taken twice by one process, and can be taken again when it was given back or its mark is torn', () => {
    const dir = folder();
    const release = takeStateFolder(dir, ports);
    expect(() => takeStateFolder(dir, ports)).toThrow(
      `a platform runs on ${dir} already (process ${process.pid}, dashboard port 4200); stop it, or take another`,
    );
    expect(runningOn(dir)).toEqual({ pid: process.pid, ...ports });
    release();
    expect(runningOn(dir)).toBeUndefined();
    expect(readdirSync(dir)).toEqual(['platform.lock']);
    writeFileSync(join(dir, 'platform.json'), '{"pid":');
    takeStateFolder(dir, ports)();
  });

  // For root no folder of a usual disk is read-only; the kernel's own file system takes files of nobody.
  const isRoot = process.getuid?.() === 0;
  (process.platform === 'linux' || !isRoot ? it : it.skip)('that is read-only is called so', () => {
    const dir = isRoot ? '/sys/kernel' : folder();
    if (!isRoot) chmodSync(dir, 0o500);
    expect(() => takeStateFolder(dir, ports)).toThrow(
      /^the state folder .* cannot be used \(it is read-only for this user: E\w+\); take another with --dir$/,
    );
  });

  (process.platform === 'linux' ? it : it.skip)('that the kernel does not make is refused at once', () => {
    expect(() => takeStateFolder('/proc/nowhere/state', ports)).toThrow(
      /^the state folder .*; take another with --dir$/,
    );
  });

  it('that is a file is refused with what to do', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(() => takeStateFolder(file, ports)).toThrow('take another with --dir');
  });
});
