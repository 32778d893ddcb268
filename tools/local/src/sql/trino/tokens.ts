/** One piece of a statement. `space` holds white space and comments; all tokens together are the statement. */
export interface Token {
  readonly kind: 'space' | 'text' | 'quoted' | 'word' | 'number' | 'sign';
  /** As it stands in the statement, quotes included. */
  readonly text: string;
  /** Where it begins, in UTF-16 units. */
  readonly at: number;
}

const token = new RegExp(
  [
    String.raw`(?<space>(?:\s|--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)+)`,
    `(?<text>'(?:[^']|'')*')`,
    `(?<quoted>"(?:[^"]|"")*")`,
    String.raw`(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<sign>[\s\S])`,
  ].join('|'),
  'gu',
);

/** Splits a statement of Trino's or DuckDB's dialect; anything is taken, the parser has the last word. */
export const tokensOf = (sql: string): Token[] =>
  [...sql.matchAll(token)].map((match) => {
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) as [Token['kind'], string];
    return { kind, text: match[0], at: match.index };
  });

/** The tokens that mean something. */
export const meaningful = (tokens: readonly Token[]): Token[] => tokens.filter(({ kind }) => kind !== 'space');

/** Whether a token is this keyword or sign, in whatever case. */
export const isToken = (token: Token | undefined, text: string): boolean =>
  (token?.kind === 'word' || token?.kind === 'sign') && token.text.toUpperCase() === text.toUpperCase();

/** The name that a word or a quoted name stands for, or undefined. */
export const nameOf = (token: Token | undefined): string | undefined => {
  if (token?.kind === 'word') return token.text;
  return token?.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : undefined;
};

/** The value of a text literal, or undefined. */
export const literalOf = (token: Token | undefined): string | undefined =>
  token?.kind === 'text' ? token.text.slice(1, -1).replaceAll("''", "'") : undefined;

/** `line 2:5`, as Trino counts: from one. */
export const placeOf = (sql: string, at: number): string => {
  const before = sql.slice(0, at).split('\n');
  return `line ${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
};
