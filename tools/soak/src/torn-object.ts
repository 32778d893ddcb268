import { globSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What came of tearing an object of the lake on purpose. */
export interface Torn {
  readonly key: string;
  /** Whether the audit failed and named it. */
  readonly isNamed: boolean;
}

/**
 * Cuts the newest object with raw events in half, as a disk or a copy that lost its end would, has the audit look, and
 * puts it back: an audit that says that all is well must be one that would have seen.
 *
 * @param audit its exit code and what it says
 * @returns undefined when the lake has no objects
 */
export const tearObject = async (
  dir: string,
  audit: () => Promise<{ readonly code: number; readonly said: string }>,
): Promise<Torn | undefined> => {
  const buckets = join(dir, 's3', 'buckets');
  const [newest] = globSync('*/objects/telemetry/**/*.data', { cwd: buckets })
    .map((file) => ({ file: join(buckets, file), key: keyOf(file), at: statSync(join(buckets, file)).mtimeMs }))
    .sort((one, other) => other.at - one.at);
  if (!newest) return undefined;
  const whole = readFileSync(newest.file);
  truncateSync(newest.file, Math.floor(whole.length / 2));
  try {
    const { code, said } = await audit();
    return { key: newest.key, isNamed: code === 1 && said.includes(newest.key) };
  } finally {
    writeFileSync(newest.file, whole);
  }
};

const keyOf = (file: string): string =>
  file
    .replaceAll('\\', '/')
    .replace(/^[^/]+\/objects\//, '')
    .slice(0, -'.data'.length);
