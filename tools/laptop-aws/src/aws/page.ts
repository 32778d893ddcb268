import { AwsError } from './aws-error.ts';

/**
 * One page of a list, under its name, with the token of the next one.
 *
 * @throws AwsError InvalidNextToken
 */
export const page = <Item>(
  name: string,
  items: readonly Item[],
  size: number,
  token: string | undefined,
): Readonly<Record<string, unknown>> => {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0) throw new AwsError('InvalidNextToken', 'The token is not one of ours.');
  const end = start + size;
  return { [name]: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) };
};
