import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dynoxideBinary } from './dynoxide-binary.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acme-dynoxide-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A machine for which the lock file has no dynoxide, and its npm. */
const aMachine = async (npm: string) => {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'npm'), `#!/bin/sh\n${npm}\n`);
  await chmod(join(bin, 'npm'), 0o755);
  return { platform: 'plan9-mips', env: { PATH: `${bin}:/usr/bin:/bin` }, folder: join(folder, 'engines') };
};
const said: string[] = [];
beforeEach(() => void said.splice(0));
const binary = (machine: Awaited<ReturnType<typeof aMachine>>) => dynoxideBinary((line) => said.push(line), machine);

it('is of the version that package.json pins', () => {
  const manifest = readFileSync(join(import.meta.dirname, '../../../../package.json'), 'utf8');
  expect(JSON.parse(manifest)).toHaveProperty(['optionalDependencies', '@dynoxide/linux-x64'], '1.2.1');
});

describe('dynoxide on a platform that the lock file does not know', () => {
  it('is fetched from npm in the pinned version, once, with one line that says so', async () => {
    const machine = await aMachine(
      'd="$3/node_modules/@dynoxide/plan9-mips"; mkdir -p "$d"; echo "$@" > "$d/args"; echo > "$d/dynoxide"',
    );
    const place = join(machine.folder, 'dynoxide-1.2.1/node_modules/@dynoxide/plan9-mips/dynoxide');
    expect(await binary(machine)).toBe(place);
    expect(await binary(machine)).toBe(place);
    expect(said).toEqual(['fetching dynoxide 1.2.1 for plan9-mips from npm, once']);
  });

  it('is the one on the PATH where there is one', async () => {
    const machine = await aMachine('exit 1');
    await writeFile(join(folder, 'bin', 'dynoxide'), '');
    expect(await binary(machine)).toBe(join(folder, 'bin', 'dynoxide'));
    expect(said).toEqual([]);
  });

  it.each([
    ['npm has none', 'echo "npm error code E404" >&2; echo "npm error 404 Not Found" >&2; exit 1', '404 Not Found'],
    ['the package is empty', 'true', 'the package has no binary'],
  ])('is told what to do when %s', async (_, npm, reason) => {
    await expect(binary(await aMachine(npm))).rejects.toThrow(
      `DynamoDB on the laptop needs dynoxide, which npm does not bring for plan9-mips (${reason}): ` +
        'put a dynoxide 1.2.1 on the PATH (https://github.com/nubo-db/dynoxide), and start again',
    );
  });
});
