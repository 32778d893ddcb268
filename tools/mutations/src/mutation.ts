import { extname } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { parseDocument } from 'yaml';

/** A change of the sources that breaks a promise, and the tests that must then fail. */
export interface Mutation {
  /** What is broken, in a few words; names it on the command line too. */
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What would go wrong. */
  readonly breaks: string;
  /** Files of tests, all of one project. */
  readonly tests: readonly string[];
  /** Only the tests with such a title; a regular expression. @default all of the files */
  readonly titled?: string;
}

/** The file's text with the mutation. @throws Error that names a mutation whose text does not stand there once */
export const mutated = ({ name, file, find, replace }: Mutation, text: string): string => {
  const parts = text.split(find);
  if (parts.length !== 2) {
    const times = parts.length === 1 ? 'does not hold' : `holds ${parts.length - 1} times`;
    throw new Error(`"${name}": ${file} ${times} what it changes; bring the mutation up to date with the source`);
  }
  return parts.join(replace);
};

/** What keeps a text from being parsed, if anything: a source that does not parse fails every test and shows nothing. */
export const syntaxProblem = (file: string, text: string): string | undefined => {
  if (['.yml', '.yaml'].includes(extname(file))) return parseDocument(text, { logLevel: 'silent' }).errors[0]?.message;
  const { diagnostics = [] } = transpileModule(text, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: { target: ScriptTarget.ES2022, module: ModuleKind.ESNext },
  });
  const [first] = diagnostics;
  return first && (typeof first.messageText === 'string' ? first.messageText : first.messageText.messageText);
};
