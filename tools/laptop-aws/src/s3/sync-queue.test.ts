import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SyncQueue } from './sync-queue.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'acme-sync-'));

describe('SyncQueue', () => {
  it('settles files that are there, and files that have gone meanwhile', async () => {
    const dir = folder();
    const queue = new SyncQueue();
    for (const name of ['a', 'b', 'gone']) {
      writeFileSync(join(dir, name), name);
      queue.add(join(dir, name));
    }
    rmSync(join(dir, 'gone'));
    await Promise.all([queue.settled(), queue.settled()]);
    await queue.settled();
  });

  it('tells everyone whose file a failed pass held, also those who ask while it runs', async () => {
    const dir = folder();
    writeFileSync(join(dir, 'file'), '');
    const queue = new SyncQueue();
    queue.add(join(dir, 'file', 'no-folder'));
    const outcomes = await Promise.allSettled([queue.settled(), queue.settled(), queue.settled()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });
});
