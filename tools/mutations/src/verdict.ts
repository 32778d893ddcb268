import type { JestResults } from '@acme/checks/results';

/** What the tests said of a mutation. */
export type Verdict =
  /** A test failed by what it asserts. */
  | { readonly kind: 'caught'; readonly by: string; readonly test: string }
  | { readonly kind: 'survived' }
  /** The tests failed, but not by an assertion, or did not run: that shows nothing. */
  | { readonly kind: 'unclear'; readonly why: string };

/** Failures that say nothing of the promise: code that does not load, or a test that ran out of time. */
const saysNothing = /SyntaxError|ReferenceError|Cannot find module|Exceeded timeout of/;

/** Reads the results of the tests that a mutation is mapped to; undefined when they did not end. */
export const verdictOf = (results: JestResults | undefined): Verdict => {
  if (results === undefined) return { kind: 'unclear', why: 'the tests did not end' };
  const failed = results.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map((test) => ({ file: name, ...test })),
  );
  const byAssertion = failed.find(({ failureMessages }) => !failureMessages.some((text) => saysNothing.test(text)));
  if (byAssertion) return { kind: 'caught', by: byAssertion.file, test: byAssertion.fullName };
  const [first] = failed;
  if (first) return { kind: 'unclear', why: `no assertion failed: ${lineOf(first.failureMessages.join('\n'))}` };
  const broken = results.testResults.find(({ status }) => status === 'failed');
  if (broken) return { kind: 'unclear', why: `the tests could not run: ${lineOf(broken.message)}` };
  if (results.numPassedTests === 0) return { kind: 'unclear', why: 'no test ran' };
  return { kind: 'survived' };
};

const lineOf = (message: string): string =>
  message
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '') ?? 'no message';
