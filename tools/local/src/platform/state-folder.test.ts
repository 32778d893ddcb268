import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { takeStateFolder } from './state-folder.ts';

const ports = { port: 4200, awsPort: 4566 };
const folder = (): string => mkdtempSync(join(tmpdir(), 'acme-state-'));

/** Takes the folder in a process that is taken for a platform by its command line, and holds it for a moment. */
const take = (dir: string): Promise<unknown> =>
  promisify(execFile)(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '--eval',
    `import { takeStateFolder } from ${JSON.stringify(join(import.meta.dirname, 'state-folder.ts'))};
     takeStateFolder(${JSON.stringify(dir)}, ${JSON.stringify(ports)}); setTimeout(() => {}, 1500);`,
    'tools/local/src/main.ts',
  ]);

describe('a state folder', () => {
  it('is one platform’s, of several that start at once, also when a killed one has left its mark', async () => {
    const dir = folder();
    writeFileSync(join(dir, 'platform.json'), JSON.stringify({ pid: 2 ** 22 - 1, ...ports }));
    const outcomes = await Promise.allSettled([take(dir), take(dir), take(dir)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('can be taken again when it was given back, and when its mark is torn', () => {
    const dir = folder();
    takeStateFolder(dir, ports)();
    expect(readdirSync(dir)).toEqual([]);
    writeFileSync(join(dir, 'platform.json'), '{"pid":');
    takeStateFolder(dir, ports);
    expect(readdirSync(dir)).toEqual(['platform.json']);
  });

  it('that is a file is refused with what to do', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(() => takeStateFolder(file, ports)).toThrow('take another with --dir');
  });
});
