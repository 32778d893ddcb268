/** One piece of a statement. `space` is white space or a comment; all tokens together are the statement. */
export interface Token {
  readonly kind: 'space' | 'text' | 'quoted' | 'word' | 'number' | 'sign';
  /** As it stands in the statement, quotes included. */
  readonly text: string;
  /** Where it begins, in UTF-16 units. */
  readonly at: number;
}

/** As Trino's grammar (SqlBase.g4) has them: a carriage return ends a `--` comment, too. */
const token = new RegExp(
  [
    String.raw`(?<space>\s+|--[^\r\n]*)`,
    `(?<text>'(?:[^']|'')*')`,
    `(?<quoted>"(?:[^"]|"")*")`,
    String.raw`(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<sign>[\s\S])`,
  ].join('|'),
  'uy',
);

/** Splits a statement of Trino's or DuckDB's dialect; anything is taken, the parser has the last word. */
export const tokensOf = (sql: string): Token[] => {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length; at += tokens.at(-1)?.text.length ?? 1)
    tokens.push(sql.startsWith('/*', at) ? bracketed(sql, at) : tokenAt(sql, at));
  return tokens;
};

/** A comment in brackets ends at the first star and slash, as in Trino. One without an end means something: an error. */
const bracketed = (sql: string, at: number): Token => {
  const end = sql.indexOf('*/', at + 2);
  return end < 0 ? { kind: 'sign', text: sql.slice(at), at } : { kind: 'space', text: sql.slice(at, end + 2), at };
};

const tokenAt = (sql: string, at: number): Token => {
  token.lastIndex = at;
  const { 0: text, groups = {} } = token.exec(sql) as RegExpExecArray;
  const [kind] = Object.entries(groups).find(([, found]) => found !== undefined) as [Token['kind'], string];
  return { kind, text, at };
};

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
