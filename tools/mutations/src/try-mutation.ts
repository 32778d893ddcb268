import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { runTests } from './jest.ts';
import { mutated, type Mutation, syntaxProblem } from './mutation.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** Breaks a copy of the repository, runs the mutation's tests, and puts the file back as it was. */
export const tryMutation = async (folder: string, mutation: Mutation, stop: AbortSignal): Promise<Verdict> => {
  const file = join(folder, mutation.file);
  const before = await readFile(file, 'utf8');
  const broken = changed(mutation, before);
  if (broken instanceof Error) return { kind: 'unclear', why: broken.message };
  const problem = syntaxProblem(mutation.file, broken);
  if (problem !== undefined) return { kind: 'unclear', why: `${mutation.file} does not parse any more: ${problem}` };
  await writeFile(file, broken);
  try {
    const verdict = verdictOf(await runTests(folder, mutation, stop));
    return verdict.kind === 'caught' ? { ...verdict, by: relative(folder, verdict.by) } : verdict;
  } finally {
    await writeFile(file, before);
  }
};

const changed = (mutation: Mutation, text: string): string | Error => {
  try {
    return mutated(mutation, text);
  } catch (error) {
    return error as Error;
  }
};

/** Why the tests of a mutation show nothing: they fail, or do not run, without it. Undefined when they are green. */
export const failsWithout = async (
  folder: string,
  mutation: Mutation,
  stop: AbortSignal,
): Promise<string | undefined> => {
  const verdict = verdictOf(await runTests(folder, mutation, stop));
  if (verdict.kind === 'survived') return undefined;
  return verdict.kind === 'caught' ? `fails without any mutation: ${verdict.test}` : verdict.why;
};
