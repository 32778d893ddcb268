import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';

describe('the main door', () => {
  it('brings no package along, least of all the names of faker', async () => {
    const { metafile } = await build({
      absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
      entryPoints: ['src/index.ts'],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      metafile: true,
      write: false,
    });
    expect(Object.keys(metafile.inputs).filter((file) => !file.startsWith('src/'))).toEqual([]);
    expect(Object.values(metafile.outputs)[0]!.bytes).toBeLessThan(36_000);
  });
});
