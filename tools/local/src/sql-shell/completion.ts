import { keywords } from './keywords.ts';
import { metaCommands } from './meta-commands.ts';
import type { ShellTable } from './sql-engine.ts';

/** What may be named. */
export interface Vocabulary {
  readonly tables: readonly ShellTable[];
  readonly namedQueries: readonly string[];
}

/**
 * What the word before the cursor may go on as, best first, and that word; as readline's completer gives it.
 *
 * @param text the statement up to the cursor
 * @param after the rest of the line, whose tables count too
 */
export const complete = (text: string, vocabulary: Vocabulary, after = ''): [candidates: string[], word: string] => {
  const { tables } = vocabulary;
  if (text.startsWith('\\')) return completeMeta(text, vocabulary);
  if (isInText(text)) return [[], ''];
  const [, owner, word = ''] = /(?:([A-Za-z_]\w*)\.)?([A-Za-z_]\w*)?$/.exec(text) as RegExpExecArray;
  const named = tablesIn(`${text.slice(0, text.length - word.length)}${after}`, tables);
  const names = tables.map(({ name }) => name);
  if (owner !== undefined) {
    if (/\b(FROM|JOIN)\s+\w+\.\w*$/i.test(text)) return [startingWith(word, names), word]; // of a database
    const table = named.get(owner.toLowerCase()) ?? tables.find(({ name }) => name === owner.toLowerCase());
    return [
      startingWith(
        word,
        (table?.columns ?? []).map(({ name }) => name),
      ),
      word,
    ];
  }
  if (/\b(FROM|JOIN|DESCRIBE)\s+\w*$/i.test(text)) return [startingWith(word, names), word];
  const near = [...new Set(named.values())].flatMap(({ columns }) => columns.map(({ name }) => name));
  const far = named.size > 0 ? [] : tables.flatMap(({ columns }) => columns.map(({ name }) => name));
  if (word === '') return [[...new Set(near)], word];
  const spelled = word === word.toLowerCase() ? keywords.map((keyword) => keyword.toLowerCase()) : keywords;
  return [startingWith(word, [...near, ...far, ...names, ...spelled]), word];
};

const completeMeta = (text: string, { tables, namedQueries }: Vocabulary): [string[], string] => {
  const [, command, space, word = ''] = /^(\\\S*)(\s*)(.*)$/.exec(text) as unknown as [string, string, string, string];
  if (space === '')
    return [
      startingWith(
        command,
        metaCommands.map(({ name }) => name),
      ),
      command,
    ];
  if (command === '\\d')
    return [
      startingWith(
        word,
        tables.map(({ name }) => name),
      ),
      word,
    ];
  return command === '\\n' ? [startingWith(word, namedQueries), word] : [[], word];
};

const startingWith = (word: string, candidates: readonly string[]): string[] => [
  ...new Set(candidates.filter((name) => name.toLowerCase().startsWith(word.toLowerCase()))),
];

/** Whether the cursor is within quotes or a comment. */
const isInText = (text: string): boolean => {
  const closed = text.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*\n|\/\*[\s\S]*?\*\//g, '');
  return /'|"|--|\/\*/.test(closed);
};

/** The tables that a statement reads, by their names and by what it calls them. */
const tablesIn = (statement: string, tables: readonly ShellTable[]): Map<string, ShellTable> => {
  const named = new Map<string, ShellTable>();
  for (const [, name = '', alias] of statement.matchAll(
    /\b(?:FROM|JOIN|,)\s+(?:\w+\.)?"?(\w+)"?(?:\s+(?:AS\s+)?(?!(?:WHERE|ON|JOIN|LEFT|RIGHT|FULL|CROSS|INNER|GROUP|ORDER|LIMIT|USING|HAVING|UNION)\b)(\w+))?/gi,
  )) {
    const table = tables.find((candidate) => candidate.name === name.toLowerCase());
    if (!table) continue;
    named.set(name.toLowerCase(), table);
    if (alias) named.set(alias.toLowerCase(), table);
  }
  return named;
};
