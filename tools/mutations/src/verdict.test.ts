import { describe, expect, it } from '@jest/globals';
import type { JestResults } from '@acme/checks/results';
import { verdictOf } from './verdict.ts';

const resultsOf = (...messages: (string | undefined)[]): JestResults => ({
  numPassedTests: messages.filter((message) => message === undefined).length,
  numFailedTests: messages.filter((message) => message !== undefined).length,
  numPendingTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [
    {
      name: '/copy/a.test.ts',
      message: '',
      status: messages.every((message) => message === undefined) ? 'passed' : 'failed',
      assertionResults: messages.map((message, at) => ({
        fullName: `test ${at}`,
        status: message === undefined ? 'passed' : 'failed',
        failureMessages: message === undefined ? [] : [message],
      })),
    },
  ],
});

describe('the verdict on a mutation', () => {
  it('is that a test has caught it which failed by what it asserts', () => {
    const assertion = 'Error: expect(received).toBe(expected)\n    at a.test.ts';
    expect(verdictOf(resultsOf(undefined, assertion))).toEqual({
      kind: 'caught',
      by: '/copy/a.test.ts',
      test: 'test 1',
    });
  });

  it('is that it survived when all tests pass', () => {
    expect(verdictOf(resultsOf(undefined))).toEqual({ kind: 'survived' });
  });

  it.each([
    ['code that does not load', 'SyntaxError: Unexpected token'],
    ['a name that is not there', 'ReferenceError: x is not defined'],
    ['a test that ran out of time', 'thrown: "Exceeded timeout of 30000 ms for a test.'],
  ])('is unclear after %s', (_, message) => {
    expect(verdictOf(resultsOf(message))).toEqual({ kind: 'unclear', why: `no assertion failed: ${message}` });
  });

  it('is unclear when tests did not end, did not run, or could not be loaded', () => {
    expect(verdictOf(undefined)).toEqual({ kind: 'unclear', why: 'the tests did not end' });
    expect(verdictOf(resultsOf())).toEqual({ kind: 'unclear', why: 'no test ran' });
    const broken = resultsOf();
    const [suite] = broken.testResults;
    const results = { ...broken, testResults: [{ ...suite, status: 'failed', message: '\n  Cannot find a.ts' }] };
    expect(verdictOf(results as JestResults)).toEqual({
      kind: 'unclear',
      why: 'the tests could not run: Cannot find a.ts',
    });
  });
});
