import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError } from '@acme/command-kit';

/** A program that measures one thing and prints rows. It lives in the project that it measures. */
export interface Bench {
  /** `<project>/<what>`: libs/synthetic/src/viewing.bench.ts is synthetic/viewing. */
  readonly name: string;
  readonly file: string;
}

/** All benches of a repository, those of libs and apps first. */
export const findBenches = (root: string): Bench[] =>
  ['libs', 'apps', 'tools'].flatMap((kind) =>
    globSync(`${kind}/*/{src,bench}/**/*.bench.ts`, { cwd: root })
      .sort()
      .map((file) => ({
        name: `${file.split(/[\\/]/)[1]}/${basename(file, '.bench.ts')}`,
        file: join(root, file),
      })),
  );

/**
 * Those benches whose name, or whose project or last part of the name, was asked for; all when nothing was.
 *
 * @throws UsageError that lists the names there are
 */
export const chosen = (benches: readonly Bench[], wanted: readonly string[]): readonly Bench[] => {
  const isCalled = (bench: Bench, name: string): boolean => [bench.name, ...bench.name.split('/')].includes(name);
  const unknown = wanted.filter((name) => !benches.some((bench) => isCalled(bench, name)));
  if (unknown.length > 0) {
    throw new UsageError(
      `there is no bench of such a name; --only takes ${benches.map(({ name }) => name).join(', ')}`,
    );
  }
  return wanted.length === 0 ? benches : benches.filter((bench) => wanted.some((name) => isCalled(bench, name)));
};
