import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { breakingProblems, sampleProblems } from '../contract/check.ts';
import { publishedAt } from '../contract/published-at.ts';

// npx nx run telemetry-schema:contract --base=origin/main: does the schema keep what that commit had published, even
// if this one rewrites the published contract? The tests hold it against the contract as it is here.
const { values } = parseArgs({ options: { base: { type: 'string', default: 'origin/main' } } });
const workspace = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'published-'));
try {
  const published = publishedAt(workspace, values.base, folder);
  const problems = [breakingProblems(workspace, published), sampleProblems(published)].filter(Boolean).join('\n\n');
  process.stdout.write(`${problems || `The schema keeps what ${values.base} had published.`}\n`);
  process.exitCode = problems ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
