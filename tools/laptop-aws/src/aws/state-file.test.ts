import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { inFolder } from '../kinesis/kinesis.fixture.ts';
import { stateFile } from './state-file.ts';

const Saved = z.object({ place: z.string() });

describe('a state file', () => {
  it('is read as it was written, also one of an older version, without a checksum', () =>
    inFolder(async (dir) => {
      const path = join(dir, 'deep', 'state.json');
      const file = stateFile(path, Saved);
      expect(await file.read()).toBeUndefined();
      await Promise.all([file.write({ place: '1' }), file.write({ place: 'Æther 2' })]);
      expect(await stateFile(path, Saved).read()).toEqual({ place: 'Æther 2' });
      await writeFile(path, '{"place":"3"}\n');
      expect(await file.read()).toEqual({ place: '3' });
    }));

  it('is refused by name when any of its bits has changed, also where it still reads well', () =>
    inFolder(async (dir) => {
      const path = join(dir, 'state.json');
      const file = stateFile(path, Saved);
      await file.write({ place: '4916' });
      const bytes = await readFile(path);
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
        await writeFile(path, changed);
        await expect(file.read()).rejects.toThrow(`${path} is damaged`);
      }
      await writeFile(path, bytes.toString().replace('4916', '4917'));
      await expect(file.read()).rejects.toThrow(
        `${path} is damaged (its checksum is another one; without that line it is read): move it away to start without what it held`,
      );
    }));
});
