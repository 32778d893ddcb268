import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock, openUniverse, viewingBytes } from '@acme/synthetic';

/** A file of viewing events, for benches of projects that do not know how to make some. */
export interface Sample {
  /** Newline-delimited JSON. */
  readonly file: string;
  remove(): void;
}

export const writeSample = (count: number): Sample => {
  const folder = mkdtempSync(join(tmpdir(), 'acme-bench-'));
  const file = join(folder, 'viewing.ndjson');
  writeFileSync(file, viewingBytes(openUniverse(1), { from: 0, count, clock: fixedClock(Date.now()) }));
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
