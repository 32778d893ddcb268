import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';

describe('the main door', () => {
  it('brings no package along, least of all the names of faker', async () => {
    const { metafile } = await build({
      entryPoints: [new URL('index.ts', import.meta.url).pathname],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      metafile: true,
      write: false,
    });
    expect(Object.keys(metafile.inputs).filter((file) => !/(^|\/)src\//.test(file))).toEqual([]);
    expect(Object.values(metafile.outputs)[0]!.bytes).toBeLessThan(20_000);
  });
});
