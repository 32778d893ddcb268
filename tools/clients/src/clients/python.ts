import { join } from 'node:path';
import { type Report, reportsOf } from '../report.ts';
import { runProgram } from '../run-program.ts';
import type { Against } from './against.ts';

const programs = join(import.meta.dirname, '../programs/python');

/** The cases of some modules of programs/python, with these variables besides. */
export const pythonCases = async (
  modules: readonly string[],
  { env, engines, place }: Against,
  more: NodeJS.ProcessEnv = {},
): Promise<Report[]> => {
  const command = [engines.python, '-B', join(programs, 'main.py'), modules.join(',')] as const;
  return reportsOf('Python', await runProgram([...command], { env: { ...env, ...more }, cwd: place.dir }));
};
