import { parseArgs } from 'node:util';
import leven from 'leven';
import * as z from 'zod';
import { type Command, optionName, takes, valueOf } from './command.ts';
import { helpOf } from './help.ts';

/**
 * The command line as options, and the words beside them.
 *
 * @throws UsageError that names what is wrong, an option by its name and by what it takes, never by the value given
 * @throws HelpWanted where `--help` stands
 */
export const readCommandLine = <Options extends z.ZodObject>(
  command: Command<Options>,
  args: readonly string[] = process.argv.slice(2),
  env: NodeJS.ProcessEnv = process.env,
): { readonly options: z.output<Options>; readonly words: readonly string[] } => {
  if (args.includes('--help')) throw new HelpWanted(helpOf(command));
  refuseTakenByNpm(command, env);
  const keys = new Map(Object.keys(command.options.shape).map((key) => [optionName(key), key]));
  const { values, words } = split(command, args, keys);
  const result = command.options.safeParse(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [keys.get(name), value])),
  );
  if (result.success) return { options: result.data, words };
  throw refused(result.error.issues, command.options);
};

const split = ({ options, words, usage }: Command, args: readonly string[], keys: ReadonlyMap<string, string>) => {
  const kinds = [...keys].map(([name, key]) => {
    const value = valueOf(options.shape[key] as z.ZodType);
    const type: 'boolean' | 'string' = value instanceof z.ZodBoolean ? 'boolean' : 'string';
    return [name, { type, multiple: value instanceof z.ZodArray }] as const;
  });
  // Not strict: what is wrong is said below, in words of ours.
  const { tokens, values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(kinds),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const key = keys.get(name);
    if (key === undefined) throw new UsageError(`there is no ${rawName}${nearest(name, [...keys.keys()])}`);
    const isFlag = valueOf(options.shape[key] as z.ZodType) instanceof z.ZodBoolean;
    if (isFlag && value !== undefined) throw new UsageError(`${rawName} takes no value`);
    if (!isFlag && (value === undefined || (value.startsWith('--') && !token.inlineValue)))
      throw new UsageError(`${rawName} lacks its value: it takes ${takes(options.shape[key] as z.ZodType)}`);
  }
  const beside = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  if (beside.length > 0 && words === undefined)
    throw new UsageError(`'${beside[0]}' belongs to no option; ${usage.replace(/ --$/, '')} takes options alone`);
  return { values, words: beside };
};

/** A slip of the finger changes a letter in three or so. */
const nearest = (name: string, names: readonly string[]): string => {
  const [best] = names.map((known) => [leven(name, known), known] as const).sort(([a], [b]) => a - b);
  const isNear = best !== undefined && best[0] <= Math.max(1, Math.ceil(best[1].length / 3));
  return isNear ? `; the nearest is --${best[1]} (--help lists all)` : '; --help lists those that there are';
};

/** `npm start --rate 20`: npm takes such options for its own, and hands on their values alone. */
const refuseTakenByNpm = ({ options, usage }: Command, env: NodeJS.ProcessEnv): void => {
  if (env['npm_lifecycle_event'] === undefined || !usage.startsWith('npm ')) return;
  const taken = Object.keys(options.shape)
    .map(optionName)
    .filter((name) => env[`npm_config_${name.replaceAll('-', '_')}`]);
  if (taken.length === 0) return;
  const names = taken.map((name) => `--${name}`).join(' ');
  throw new UsageError(`npm took ${names} for itself: options go behind --, as in ${usage} ${names} …`);
};

/**
 * That a schema refuses what the options say, a line for each: what `safeParse` of zod calls issues.
 *
 * @param options knows what an option takes; without it, and where an option does not say, the issue's own message counts
 */
export const refused = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string; readonly code?: string }[],
  options?: z.ZodObject,
): UsageError => {
  const lines = issues.map(({ path, message, code }) => {
    const [key] = path;
    if (key === undefined) return message;
    const schema = options?.shape[String(key)] as z.ZodType | undefined;
    const wanted = schema && takes(schema);
    const name = `--${path.map((part) => optionName(String(part))).join('.')}`;
    return wanted === undefined || (code === 'custom' && message !== 'Invalid input')
      ? `${name}: ${message}`
      : `--${optionName(String(key))} takes ${wanted}`;
  });
  return new UsageError([...new Set(lines)].join('\n'));
};

/** A command line that is not understood, or asks for what cannot be. Its message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Not an error: the person wants to know what there is. The message is the help. */
export class HelpWanted extends Error {
  override readonly name = 'HelpWanted';
}
