import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Counts } from './counts.ts';
import { root } from './root.ts';

/** What is read of the JSON that jest writes; a suite that did not run has a message and no assertions that failed. */
export interface JestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

export const readResults = (file: string): JestResults => JSON.parse(readFileSync(file, 'utf8'));

export const countsOf = (results: JestResults): Counts => ({
  passed: results.numPassedTests,
  failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
  skipped: results.numPendingTests,
});

const longestMessage = 12; // lines, which hold what was expected, what came and where

const said = (message: string): string =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('node_modules'))
    .slice(0, longestMessage)
    .map((line) => `FAILED   ${line}`)
    .join('\n');

/** Each test that failed with the beginning of its message, every line behind `FAILED`, so that a build server that
 *  keeps the end of a log keeps these. */
export const failuresOf = ({ testResults }: JestResults): string[] =>
  testResults.flatMap(({ name, message, status, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((assertion) => assertion.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`FAILED ${file}\n${said(message)}`];
    return failed.map(
      ({ fullName, failureMessages }) => `FAILED ${file}: ${fullName}\n${said(failureMessages.join('\n'))}`,
    );
  });
