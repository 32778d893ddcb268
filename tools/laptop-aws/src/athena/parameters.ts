import { isToken, meaningful, type Token, tokensOf } from '../sql/trino/tokens.ts';

/** Words that make a typed literal of the text behind them. */
const typed = ['DATE', 'TIME', 'TIMESTAMP', 'DECIMAL', 'VARCHAR'];

/** Whether a parameter is one literal: a text in quotes, a number, a truth value, NULL, or a date or time. */
const isLiteral = (parameter: string): boolean => {
  const words = meaningful(tokensOf(parameter));
  const [first, second] = words;
  if (words.length === 1)
    return first?.kind === 'text' || first?.kind === 'number' || isOneOf(first, ['TRUE', 'FALSE', 'NULL']);
  if (words.length !== 2) return false;
  return isOneOf(first, ['-', '+']) ? second?.kind === 'number' : isOneOf(first, typed) && second?.kind === 'text';
};

const isOneOf = (token: Token | undefined, texts: readonly string[]): boolean =>
  texts.some((text) => isToken(token, text));

/**
 * A statement with its question marks replaced by parameters, in their order; those in texts, names and comments stay.
 * Parameters are literals as SQL writes them, texts in their quotes, as Athena wants them; no expression is taken, so
 * that what is checked afterwards is what was meant.
 *
 * @returns the statement; or, when it cannot be made, what is wrong, in the words of an error
 */
export const withParameters = (
  sql: string,
  parameters: readonly string[],
): { readonly sql: string } | { readonly problem: string } => {
  const tokens = tokensOf(sql);
  const wanted = tokens.filter((token) => isToken(token, '?')).length;
  if (wanted !== parameters.length)
    return {
      problem: `INVALID_PARAMETER_USAGE: line 1:1: Incorrect number of parameters: expected ${wanted} but found ${parameters.length}`,
    };
  const wrong = parameters.findIndex((parameter) => !isLiteral(parameter));
  if (wrong >= 0)
    return {
      problem: `ExecutionParameters ${wrong + 1}: must be one literal as SQL writes it, such as 1, true, 'a text' in its quotes, or DATE '2026-01-31'`,
    };
  let next = 0;
  return { sql: tokens.map((token) => (isToken(token, '?') ? ` ${parameters[next++]} ` : token.text)).join('') };
};
