import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startBroker } from './broker.ts';

describe('a broker', () => {
  it('does not run on when its number cannot be noted, as on a full disk', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'acme-broker-'));
    const java = join(dir, 'java'); // in its place: no broker has begun to speak by then
    writeFileSync(java, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    mkdirSync(join(dir, 'data'));
    writeFileSync(join(dir, 'data/meta.properties'), '');
    symlinkSync(join(dir, 'no-folder/pid'), join(dir, 'pid')); // nothing can be written there
    const toEnd = process.listenerCount('exit');

    const node = { id: 1, port: 1, brokerPort: 2, controllerPort: 3 };
    const starting = startBroker({ dir, code: { java, jars: dir }, node, nodes: [node] });
    await expect(starting).rejects.toMatchObject({ code: 'ENOENT' });
    expect(process.listenerCount('exit')).toBe(toEnd); // one for each child that runs
    rmSync(dir, { recursive: true });
  });
});
