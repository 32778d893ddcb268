import { SqlError } from './sql-error.ts';
import { isToken, meaningful, type Token, tokensOf } from './trino/tokens.ts';
import { closing } from './trino/translate.ts';

/** A statement taken apart: what is asked about it, and the statement itself. */
export interface Explained {
  /** `EXPLAIN (ANALYZE, FORMAT JSON) `, written anew; empty where nothing is asked. */
  readonly prefix: string;
  /** In its place, behind blanks. */
  readonly statement: string;
}

const analyze = ['ANALYZE', 'ANALYSE'];
const formats = ['TEXT', 'JSON', 'GRAPHVIZ', 'HTML', 'YAML', 'MERMAID'];

/**
 * Takes an EXPLAIN apart. The statement in it is to be checked alone, and what is run is the prefix and that statement:
 * nothing that stood before it reaches DuckDB.
 *
 * @param sql without comments
 * @throws SqlError for an option that the laptop does not have
 */
export const explained = (sql: string): Explained => {
  const words = meaningful(tokensOf(sql));
  if (!isToken(words[0], 'EXPLAIN')) return { prefix: '', statement: sql };
  const isAnalyze = (word: Token | undefined): boolean => analyze.some((each) => isToken(word, each));
  const options: string[] = [];
  let next = 1;
  if (isAnalyze(words[next])) {
    options.push('ANALYZE');
    next += 1;
  }
  if (isToken(words[next], '(') && ['FORMAT', 'TYPE', ...analyze].some((each) => isToken(words[next + 1], each))) {
    const end = closing(words, next);
    options.push(...optionsOf(words.slice(next + 1, end)));
    next = end + 1;
  }
  const at = words[next]?.at ?? sql.length;
  return {
    prefix: options.length > 0 ? `EXPLAIN (${[...new Set(options)].join(', ')}) ` : 'EXPLAIN ',
    statement: sql.slice(0, at).replace(/[^\n]/g, ' ') + sql.slice(at),
  };
};

const optionsOf = (words: readonly Token[]): string[] => {
  const written = words.map(({ text }) => text.toUpperCase()).join(' ');
  return written.split(' , ').map((option) => {
    const [name = '', value = '', ...more] = option.split(' ');
    if (analyze.includes(name) && value === '') return 'ANALYZE';
    if (name === 'FORMAT' && formats.includes(value) && more.length === 0) return `FORMAT ${value}`;
    throw new SqlError(
      `NOT_SUPPORTED: EXPLAIN (${option}) is not run on the laptop, which has ANALYZE and FORMAT with ${formats.join(', ')}.`,
    );
  });
};
