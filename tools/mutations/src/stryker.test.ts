import { describe, expect, it } from '@jest/globals';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { percentOf, pureModules, scoreOf, type StrykerReport } from './stryker.ts';
import { accepted } from './survivors.ts';

const root = join(import.meta.dirname, '../../..');
const [modules] = pureModules;
const mutant = (status: string, line: number, from: number, to: number, replacement = 'false') => ({
  status,
  replacement,
  location: { start: { line, column: from }, end: { line, column: to } },
});
const report: StrykerReport = {
  files: {
    'a.ts': {
      source: 'const a = 1;\nconst b = a < 2;\n',
      mutants: [
        mutant('Killed', 1, 11, 12),
        mutant('Timeout', 1, 11, 12),
        mutant('CompileError', 1, 11, 12),
        mutant('Ignored', 1, 11, 12),
        mutant('Survived', 2, 11, 16, ' a <= 2 '),
        mutant('NoCoverage', 2, 7, 8),
      ],
    },
  },
};

describe("Stryker's score", () => {
  it('counts what a test failed for or that ran without end, against what survived, tested or not', () => {
    const score = scoreOf(modules!, report);
    expect(score).toEqual({
      modules,
      caught: 2,
      survivors: [
        { file: 'a.ts', line: 2, original: 'a < 2', replacement: 'a <= 2' },
        { file: 'a.ts', line: 2, original: 'b', replacement: 'false' },
      ],
    });
    expect(percentOf(score)).toBe(50);
  });

  it('is taken of files that are there, by tests that are there', () => {
    const missing = pureModules.flatMap(({ files, tests }) =>
      [...files, ...tests].filter((glob) => globSync(glob, { cwd: root }).length === 0),
    );
    expect(missing).toEqual([]);
    const known = pureModules.flatMap(({ files }) => files.flatMap((glob) => globSync(glob, { cwd: root })));
    expect(accepted.map(({ file }) => file).filter((file) => !known.includes(file))).toEqual([]);
  });
});
