import { SqlError } from '../sql-error.ts';
import type { Token } from './tokens.ts';

/**
 * A statement written again from its tokens: each comment and each kind of white space becomes blanks, as many as there
 * were characters, so that messages name the same line and place. What DuckDB then reads holds no comment that it could
 * see to end elsewhere: in DuckDB comments nest, in Trino they do not.
 *
 * @param written what stands in the place of a token
 * @throws SqlError for a comment that means one thing to Trino and another to DuckDB, and for what ends a text in C
 */
export const withoutComments = (tokens: readonly Token[], written: ReadonlyMap<Token, string>): string =>
  tokens.map((token) => written.get(token) ?? (token.kind === 'space' ? blanks(token) : checked(token))).join('');

const blanks = ({ text }: Token): string => {
  if (text.startsWith('/*') && text.includes('/*', 2))
    throw new SqlError(
      'SYNTAX_ERROR: a comment holds another /*: comments do not nest in Athena. End it with */ first.',
    );
  return text.replace(/[^\n]/g, ' ');
};

const checked = ({ text, kind }: Token): string => {
  if (kind === 'sign' && text.startsWith('/*'))
    throw new SqlError('SYNTAX_ERROR: a comment has no end: close it with */');
  if (text.includes('\0')) throw new SqlError('SYNTAX_ERROR: the statement holds the character U+0000');
  return text;
};
