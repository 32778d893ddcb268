import * as z from 'zod';
import { type Command, optionName, purpose, standard, takes, valueOf } from './command.ts';

const widest = 100;

/** What `--help` prints: how the command is typed, what it does, and each option with what it takes. */
export const helpOf = ({ usage, does, options, words }: Command): string => {
  const names = Object.keys(options.shape).map(
    (key) => [`--${optionName(key)}`, options.shape[key] as z.ZodType] as const,
  );
  const indent = Math.max(...names.map(([name]) => name.length), '--help'.length) + 4;
  const lines = names.flatMap(([name, schema]) => optionLines(name, aboutOf(schema), indent));
  return [
    [usage, words, '[options]'].filter(Boolean).join(' '),
    '',
    ...wrapped(does, widest),
    '',
    ...lines,
    ...optionLines('--help', ['This.'], indent),
  ].join('\n');
};

const aboutOf = (schema: z.ZodType): string[] => {
  const what = purpose(schema);
  const value = valueOf(schema);
  if (value instanceof z.ZodBoolean) return what === undefined ? [] : [`${what}.`];
  const given = standard(schema);
  const without =
    given === undefined || (Array.isArray(given) && given.length === 0) ? '' : `; without it ${String(given)}`;
  const often = value instanceof z.ZodArray ? ', and may stand more than once' : '';
  return [...(what === undefined ? [] : [`${what}.`]), `Takes ${takes(schema) ?? 'a value'}${often}${without}.`];
};

const optionLines = (name: string, about: readonly string[], indent: number): string[] => {
  const lines = about.flatMap((sentence) => wrapped(sentence, widest - indent));
  return (lines.length === 0 ? [''] : lines).map((line, at) =>
    `${(at === 0 ? `  ${name}` : '').padEnd(indent)}${line}`.trimEnd(),
  );
};

const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};
