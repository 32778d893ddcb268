/** Text of SQL taken apart at the semicolons that end a statement. */
export interface Statements {
  /** Without their semicolons, none of them empty. */
  readonly complete: readonly string[];
  /** What follows the last semicolon; it may go on. */
  readonly rest: string;
  /** Whether the rest is more than space and comments. */
  readonly isOpen: boolean;
}

/** Text in quotes, names in quotes, comments as Trino has them, and the semicolon; an unclosed one runs to the end. */
const token = /'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|--[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|;/g;

/** Finds the statements of a text; semicolons in quotes and comments end none. */
export const statementsOf = (text: string): Statements => {
  const complete: string[] = [];
  let start = 0;
  for (const { 0: part, index } of text.matchAll(token)) {
    if (part !== ';') continue;
    complete.push(text.slice(start, index).trim());
    start = index + 1;
  }
  const rest = text.slice(start);
  return { complete: complete.filter(saysSomething), rest, isOpen: saysSomething(rest) };
};

/** A comment within a comment is something, too: what runs statements says what is wrong with it. */
const saysSomething = (text: string): boolean =>
  text.replace(token, (part) => (part.startsWith('--') || /^\/\*(?![^]*\/\*)/.test(part) ? '' : part)).trim() !== '';
