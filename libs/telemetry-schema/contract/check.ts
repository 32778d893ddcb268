import { join } from 'node:path';
import { compareContracts } from './compare.ts';
import type { Contract } from './contract.ts';
import { currentContracts } from './contract.ts';
import { readPublished } from './published.ts';
import { readersIn } from './readers.ts';
import { breakReport, growthReport } from './report.ts';
import { parseSample, readSamples } from './samples.ts';

/**
 * What of the published contract no longer holds, with whom it breaks; empty when all of it does.
 *
 * @param workspace the folder of the repository
 * @param published the folder of the published contract; that of an earlier commit finds what a change of the schema
 * and of the published contract together would break
 */
export const breakingProblems = (
  workspace: string,
  published: string = join(workspace, 'libs', 'telemetry-schema', 'published'),
  contracts: readonly Contract[] = currentContracts(),
): string => {
  const before = readPublished(published);
  return breakReport(compareContracts(before, contracts), before, readersIn(workspace));
};

/** The same, and what the schema promises beyond it: that is to be published. Empty when they are the same. */
export const contractProblems = (workspace: string, contracts: readonly Contract[] = currentContracts()): string => {
  const published = join(workspace, 'libs', 'telemetry-schema', 'published');
  const broken = breakingProblems(workspace, published, contracts);
  const changes = compareContracts(readPublished(published), contracts);
  if (broken || changes.length === 0) return broken;
  return [
    'telemetry-schema promises what it has not published:',
    '',
    growthReport(changes, readersIn(workspace)),
    '',
    'If that is meant, run npx nx run telemetry-schema:publish and commit what it writes.',
  ].join('\n');
};

/** The samples of every published version that today's parser refuses or no longer gives back whole; empty when none. */
export const sampleProblems = (published: string): string =>
  readSamples(join(published, 'samples'))
    .flatMap(({ contract, version, line }) => {
      const parsed = parseSample(contract, line);
      if (!parsed.ok) {
        const reasons = parsed.problems.map(({ field, reason }) => `${field} ${reason}`).join(', ');
        return [`${contract} of version ${version} is refused: ${reasons}`];
      }
      return JSON.stringify(parsed.value) === line ? [] : [`${contract} of version ${version} comes back changed`];
    })
    .join('\n');
