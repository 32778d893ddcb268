// npm run test:engines: the suites that need more than Node. What is missing is said, with how to get it, and fails.
// Ends with the tests that failed and "N passed, N failed", the sum of all suites.
import { awsCli } from './aws-cli.ts';
import { cfnLint } from './cfn-lint.ts';
import { clientPrograms } from './client-programs.ts';
import { javaReaders } from './java-readers.ts';
import { miniStack } from './ministack.ts';
import { pyArrow } from './pyarrow.ts';
import { runEngines } from './run-engines.ts';
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

process.exit(await runEngines('tests-engines', environment()));
