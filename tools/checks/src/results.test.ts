import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { countsOf, failuresOf, type JestResults } from './results.ts';
import { root } from './root.ts';

const results: JestResults = {
  numPassedTests: 1,
  numFailedTests: 1,
  numPendingTests: 2,
  numRuntimeErrorTestSuites: 1,
  testResults: [
    {
      name: join(root, 'libs/a/src/sum.test.ts'),
      message: 'all of them',
      status: 'failed',
      assertionResults: [
        { fullName: 'a sum adds', status: 'passed', failureMessages: [] },
        {
          fullName: 'a sum of nothing is 0',
          status: 'failed',
          failureMessages: ['\u001b[31mExpected: 0\u001b[39m\n\nReceived: 1\n    at node_modules/jest/run.js'],
        },
      ],
    },
    {
      name: join(root, 'libs/a/src/broken.test.ts'),
      message: 'Cannot find module x',
      status: 'failed',
      assertionResults: [],
    },
  ],
};

describe('the results of a suite', () => {
  it('counts a suite that could not run as a failure', () => {
    expect(countsOf(results)).toEqual({ passed: 1, failed: 2, skipped: 2 });
  });

  it('names each test that failed, with what was expected and what came, and each suite that could not run', () => {
    expect(failuresOf(results)).toEqual([
      'FAILED libs/a/src/sum.test.ts: a sum of nothing is 0\nFAILED   Expected: 0\nFAILED   Received: 1',
      'FAILED libs/a/src/broken.test.ts\nFAILED   Cannot find module x',
    ]);
  });
});
