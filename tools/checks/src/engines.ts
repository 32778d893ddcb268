import { awsCli } from './aws-cli.ts';
import { cfnLint } from './cfn-lint.ts';
import { clientPrograms } from './client-programs.ts';
import { javaReaders } from './java-readers.ts';
import { jestSuites } from './jest-suites.ts';
import { miniStack } from './ministack.ts';
import type { Outcome } from './outcome.ts';
import { pyArrow } from './pyarrow.ts';
import { shellCheck } from './shell-check.ts';

const environment = async (): Promise<NodeJS.ProcessEnv> => {
  const [aws, python, linter, emulator, shellLinter, readers, clients] = await Promise.all([
    awsCli(),
    pyArrow(),
    cfnLint(),
    miniStack(),
    shellCheck(),
    javaReaders(),
    clientPrograms(),
  ]);
  return {
    AWS_CLI: aws,
    PYARROW: python,
    CFN_LINT: linter,
    MINISTACK: emulator,
    SHELLCHECK: shellLinter,
    READERS_JAVA: readers.java,
    READERS_JARS: readers.jars,
    ...clients,
  };
};

/** The suites that need more than Node. What is missing is said, with how to get it, and fails. */
export const engines = (): Promise<Outcome> =>
  jestSuites({ name: 'npm run test:engines', kind: 'engines', workers: 1, environment });
