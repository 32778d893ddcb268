/** What the shell itself understands. */
export const metaCommands = [
  { name: '\\d', takes: '[table]', says: 'the tables, or the columns of one' },
  { name: '\\n', takes: '[query]', says: 'the named queries, or runs one by its name or number (.named too)' },
  { name: '\\?', takes: '', says: 'this help' },
  { name: '\\q', takes: '', says: 'leave (Ctrl-D too)' },
] as const;

export type MetaCommand =
  | { readonly kind: 'describe'; readonly table: string }
  | { readonly kind: 'named'; readonly query: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'unknown' };

/** A line as a command of the shell; undefined when it is SQL. */
export const metaCommandOf = (line: string): MetaCommand | undefined => {
  const [word = '', ...rest] = line.trim().replace(/;$/, '').split(/\s+/);
  const argument = rest.join(' ');
  if (/^(exit|quit)$/i.test(word) && argument === '') return { kind: 'quit' };
  if (/^help$/i.test(word) && argument === '') return { kind: 'help' };
  if (!/^[\\.]/.test(word)) return undefined;
  switch (word.slice(1)) {
    case 'd':
      return { kind: 'describe', table: argument };
    case 'n':
    case 'named':
      return { kind: 'named', query: argument };
    case '?':
      return { kind: 'help' };
    case 'q':
      return { kind: 'quit' };
    default:
      return { kind: 'unknown' };
  }
};

export const helpText: string = [
  'A statement ends with a semicolon and may take several lines.',
  '',
  ...metaCommands.map(({ name, takes, says }) => `  ${`${name} ${takes}`.padEnd(12)}  ${says}`),
  '',
  'Tab completes tables, columns and keywords. Ctrl-C drops what is typed, or stops the statement that runs.',
  '',
].join('\n');
