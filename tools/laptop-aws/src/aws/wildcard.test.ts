import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchesWildcard } from './wildcard.ts';

/** The same as a regular expression, for patterns that are short enough for one. */
const byRegExp = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);

describe('a pattern with wildcards', () => {
  it('means what the regular expression of it means', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
    fc.assert(
      fc.property(letters, texts, (pattern, text) => matchesWildcard(pattern, text, '?') === byRegExp(pattern, text)),
      {
        numRuns: 5_000,
      },
    );
  });

  it('takes a sign for one character only where there is one', () => {
    expect(matchesWildcard('a?c', 'abc', '?')).toBe(true);
    expect(matchesWildcard('a?c', 'abc')).toBe(false);
    expect(matchesWildcard('a?c', 'a?c')).toBe(true);
  });

  it('is answered soon whatever it is: a regular expression would take longer than the sun lasts', () => {
    const text = 'a'.repeat(255);
    expect(matchesWildcard(`${'*'.repeat(1_000)}!`, text)).toBe(false);
    expect(matchesWildcard('a*'.repeat(100_000), text)).toBe(false);
    expect(matchesWildcard(`${'*a'.repeat(200)}*b`, text)).toBe(false);
  });
});
