import { HelpWanted, UsageError } from './command-line.ts';

type ErrorKind = abstract new (...args: never[]) => Error;

/**
 * Does what a program is for. `--help` prints and ends with 0. A failure to be expected ends it at once and is said in its message alone: a UsageError
 * with exit code 2; a CommandError, or one of the kinds that are listed, with 1. Any other goes on to Node, which prints
 * its stack and exits with 1. Without a failure the exit code is what the work has set.
 */
export const runCommand = async (
  work: () => void | Promise<void>,
  expected: readonly ErrorKind[] = [],
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof HelpWanted) {
      console.log(error.message);
      process.exit(0);
    }
    const isExpected = [UsageError, CommandError, ...expected].some((kind) => error instanceof kind);
    if (!isExpected) throw error;
    console.error((error as Error).message);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
};

/** A command that cannot go on. Its message says to people why, and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
