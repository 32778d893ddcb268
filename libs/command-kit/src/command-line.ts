import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** An option that takes a value. */
export const text = { type: 'string' } as const;

/**
 * The options of a command line; words beside them are refused.
 *
 * @param options as `parseArgs` of node:util takes them
 * @throws UsageError that says what is wrong with the command line, and which options there are
 */
export const readCommandLine = <const Options extends ParseArgsOptionsConfig>(
  options: Options,
  args: readonly string[] = process.argv.slice(2),
) => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // What parseArgs advises in its further sentences is wrong for a command without positional arguments.
    const [what] = (error as Error).message.split(/\.\s/);
    const names = Object.keys(options).map((name) => `--${name}`);
    throw new UsageError(`${what}; there ${names.length === 1 ? 'is' : 'are'} ${names.join(' ')}`, { cause: error });
  }
};

/** That a schema refuses what the options say, a line for each: what `safeParse` of zod calls issues. */
export const refused = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]) =>
  new UsageError(issues.map(({ path, message }) => `--${path.map(String).join('.')}: ${message}`).join('\n'));

/** A command line that is not understood, or asks for what cannot be. Its message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
