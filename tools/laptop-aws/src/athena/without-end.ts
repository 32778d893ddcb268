import { isToken, tokensOf } from '../sql/trino/tokens.ts';

/** A statement without the semicolon at its end, so that it can stand in brackets. */
export const withoutEnd = (sql: string): string => {
  const tokens = tokensOf(sql);
  const last = tokens.findLastIndex(({ kind }) => kind !== 'space');
  return isToken(tokens[last], ';')
    ? tokens
        .filter((_, index) => index !== last)
        .map(({ text }) => text)
        .join('')
    : sql;
};
