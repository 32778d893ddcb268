import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutations } from './list/index.ts';
import { mutated, type Mutation, syntaxProblem } from './mutation.ts';

const root = join(import.meta.dirname, '../../..');
const all = Object.values(mutations).flat();
const some: Mutation = { name: 'a', file: 'a.ts', find: 'x = 1', replace: 'x = 2', breaks: 'x', tests: ['a.test.ts'] };

describe('the list of mutations', () => {
  it('has at least sixty, each of its own name', () => {
    expect(all.length).toBeGreaterThanOrEqual(60);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it.each(all.map((mutation) => [mutation.name, mutation] as const))(
    'changes a text that stands in today’s sources once, into one that parses: %s',
    (_, mutation) => {
      const text = readFileSync(join(root, mutation.file), 'utf8');
      const changed = mutated(mutation, text);
      expect(changed).not.toBe(text);
      expect(syntaxProblem(mutation.file, changed)).toBeUndefined();
    },
  );

  it('names tests that are there', () => {
    expect(all.flatMap(({ tests }) => tests).filter((test) => !existsSync(join(root, test)))).toEqual([]);
  });
});

describe('mutated', () => {
  it('changes one place', () => {
    expect(mutated(some, 'let x = 1;')).toBe('let x = 2;');
  });

  it.each([
    ['let y = 1;', '"a": a.ts does not hold what it changes; bring the mutation up to date with the source'],
    ['x = 1; x = 1;', '"a": a.ts holds 2 times what it changes; bring the mutation up to date with the source'],
  ])('refuses %j', (text, message) => {
    expect(() => mutated(some, text)).toThrow(message);
  });
});

describe('syntaxProblem', () => {
  it.each([
    ['a.ts', 'const x: number = 1;', undefined],
    ['a.ts', 'const x = ;', 'Expression expected.'],
    ['a.yaml', 'a: !Sub b', undefined],
    ['a.yaml', 'a: [', expect.stringContaining('Flow sequence')],
  ])('of %s holding %j is %j', (file, text, problem) => {
    expect(syntaxProblem(file, text)).toEqual(problem);
  });
});
