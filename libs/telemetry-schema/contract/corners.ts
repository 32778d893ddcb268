import type { JsonSchema } from '../src/json-schema.ts';
import type { Contract } from './contract.ts';

/**
 * Values at the corners of a contract: a valid one of each event type, changed in one field to each of its listed
 * values, its least and its most.
 *
 * @param valid where the other fields come from
 */
export const cornersOf = ({ fields }: Contract, valid: readonly object[]): object[] =>
  Object.entries(fields).flatMap(([path, { rules }]) => {
    const dot = path.indexOf('.');
    const type = path.slice(0, Math.max(0, dot));
    const base = valid.find((value) => type === '' || Object.values(value).includes(type));
    return base ? extremesOf(rules).map((value) => ({ ...base, [path.slice(dot + 1)]: value })) : [];
  });

const extremesOf = ({ enum: listed = [], minimum, maximum, maxLength, format }: JsonSchema): unknown[] => [
  ...listed,
  ...[minimum, maximum].filter((bound) => bound !== undefined),
  ...(maxLength !== undefined && format === undefined ? ['x'.repeat(maxLength)] : []),
];
