import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { UsageError } from '@acme/command-kit';
import { chosen, findBenches } from './benches.ts';

const root = mkdtempSync(join(tmpdir(), 'acme-benches-'));
afterAll(() => rmSync(root, { recursive: true }));
const files = [
  'tools/local/bench/start.bench.ts',
  'tools/local/bench/live.bench.ts',
  'apps/producer/src/produce.bench.ts',
  'libs/synthetic/src/viewing/lines.bench.ts',
  'libs/synthetic/src/viewing/lines.test.ts',
  'libs/synthetic/node_modules/other/src/other.bench.ts',
];
for (const file of files) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), '');
}

describe('findBenches', () => {
  it('finds the benches of every project by their file names, those of libs and apps first', () => {
    expect(findBenches(root)).toEqual([
      { name: 'synthetic/lines', file: join(root, 'libs/synthetic/src/viewing/lines.bench.ts') },
      { name: 'producer/produce', file: join(root, 'apps/producer/src/produce.bench.ts') },
      { name: 'local/live', file: join(root, 'tools/local/bench/live.bench.ts') },
      { name: 'local/start', file: join(root, 'tools/local/bench/start.bench.ts') },
    ]);
  });
});

describe('chosen', () => {
  const benches = findBenches(root);
  const names = (wanted: readonly string[]): string[] => chosen(benches, wanted).map(({ name }) => name);

  it('takes all when none is named', () => {
    expect(names([])).toHaveLength(4);
  });

  it('takes those that are named: in full, by their project, or by what they measure', () => {
    expect(names(['producer/produce'])).toEqual(['producer/produce']);
    expect(names(['local'])).toEqual(['local/live', 'local/start']);
    expect(names(['start', 'lines'])).toEqual(['synthetic/lines', 'local/start']);
  });

  it('lists what there is when a name is unknown', () => {
    expect(() => names(['startup'])).toThrow(
      new UsageError(
        'there is no bench of such a name; --only takes synthetic/lines, producer/produce, local/live, local/start',
      ),
    );
  });
});
