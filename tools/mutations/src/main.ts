// npm run test:mutations: breaks the sources in a copy, one promise at a time, and wants a test to fail for each.
// -- --only <word> tries some, --own and --stryker one half alone. README.md says what counts as caught.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError, dim, runCommand } from '@acme/command-kit';
import { aWorkspaceCopy } from '@acme/local/platform/a-workspace-copy';
import { mutations } from './list/index.ts';
import { readOptions } from './options.ts';
import { type Tried, tryAll } from './own.ts';
import { lineOf, pageOf, scoreLines, totalLine } from './report.ts';
import { leastScore, percentOf, pureModules, runStryker, type Score } from './stryker.ts';

const root = join(import.meta.dirname, '../../..');
const page = 'docs/mutations.md';

await runCommand(async () => {
  const { only, workers, own, stryker } = readOptions(process.argv.slice(2));
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
  const started = performance.now();

  const tried = own ? await tryOwn(only, workers, interrupted.signal) : [];
  const scores = stryker ? await tryStryker(workers, interrupted.signal) : [];
  if (interrupted.signal.aborted) process.exit(130);

  const minutes = (performance.now() - started) / 60_000;
  console.log(totalLine(tried, scores, minutes));
  if (own && stryker) {
    await writeFile(join(root, page), await pageOf(mutations, tried, scores, minutes));
    console.log(`written to ${page}`);
  }
  const isRight =
    tried.every(({ verdict }) => verdict.kind === 'caught') && scores.every((score) => percentOf(score) >= leastScore);
  process.exitCode = isRight ? 0 : 1;
});

async function tryOwn(only: readonly string[], workers: number, stop: AbortSignal): Promise<Tried[]> {
  const chosen = Object.values(mutations)
    .flat()
    .filter(({ name, file }) => only.length === 0 || only.some((word) => `${name} ${file}`.includes(word)));
  if (chosen.length === 0) throw new CommandError(`no mutation is named or lies in ${only.join(', ')}`);
  return tryAll(chosen, {
    aCopy: aWorkspaceCopy,
    workers,
    tried: (one, done, all) => console.log(`${dim(`${String(done).padStart(3)}/${all}`)} ${lineOf(one)}`),
    stop,
  });
}

async function tryStryker(workers: number, stop: AbortSignal): Promise<Score[]> {
  const scores: Score[] = [];
  for (const modules of pureModules) {
    if (stop.aborted) break;
    const copy = await aWorkspaceCopy(); // Stryker works in place, so each starts with sources as they are
    try {
      const score = await runStryker(copy.folder, modules, workers, stop);
      scores.push(score);
      for (const line of scoreLines(score)) console.log(line);
    } catch (error) {
      if (!stop.aborted) throw new CommandError((error as Error).message, { cause: error });
    } finally {
      await copy.remove();
    }
  }
  return scores;
}
