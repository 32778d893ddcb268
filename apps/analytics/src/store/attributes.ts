import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

type Plain = string | number | bigint | boolean | undefined | { readonly [name: string]: Plain };

/**
 * Values as DynamoDB takes them, so that no event can make it refuse a transaction; what is undefined is left out. Numbers
 * are finite: the contract lets no other in.
 */
export const attributesOf = (values: Readonly<Record<string, Plain>>): Item => {
  const item: Item = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) item[name] = attributeOf(value);
  }
  return item;
};

/** What is nearer to zero is refused (naming rules and data types, DynamoDB developer guide). */
const leastMagnitude = 1e-130;

const attributeOf = (value: Exclude<Plain, undefined>): AttributeValue => {
  switch (typeof value) {
    case 'string':
      return { S: value.toWellFormed() };
    case 'number':
      return { N: String(Math.abs(value) < leastMagnitude ? 0 : value) };
    case 'bigint':
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    default:
      return { M: attributesOf(value) };
  }
};
