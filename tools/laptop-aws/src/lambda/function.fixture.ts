import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionSpec } from './functions.ts';

const folders: string[] = [];

/** Removes the code of all functions of the test. */
export const removeFunctions = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
};

/** A function for a test: its code is written to a new folder, as an asset would be. */
export const aFunction = (code: string, spec: Partial<FunctionSpec> = {}): FunctionSpec => {
  const codeDir = mkdtempSync(join(tmpdir(), 'acme-function-'));
  folders.push(codeDir);
  writeFileSync(join(codeDir, 'index.mjs'), code);
  return {
    name: 'tried',
    codeDir,
    handler: 'index.handler',
    memoryMb: 128,
    timeoutSeconds: 10,
    environment: {},
    ...spec,
  };
};

/** A log that a test can read: the messages of each group, in order. */
export const aLog = () => {
  const groups = new Map<string, string[]>();
  return {
    write: (group: string, _stream: string, message: string): void => {
      groups.set(group, [...(groups.get(group) ?? []), message]);
    },
    of: (group: string): readonly string[] => groups.get(group) ?? [],
  };
};
