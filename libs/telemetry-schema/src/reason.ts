import type * as z from 'zod';

/** What a person is told about a refused field, in words that read on from its name. Never quotes the value. */
export const reasonOf = (issue: z.core.$ZodRawIssue): string | undefined => {
  if (issue.input === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === Infinity || issue.input === -Infinity
        ? 'must be a finite number'
        : `must be ${named(issue.expected)}, not ${kindOf(issue.input)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'invalid_union':
      return Array.isArray(issue.options) ? `must be one of ${issue.options.join(', ')}` : undefined;
    case 'too_small':
      return `must be at least ${amount(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `must be at most ${amount(issue.origin, issue.maximum)}`;
    default:
      return undefined;
  }
};

/** The words for text of the wrong shape, for schemas whose `error` would otherwise also cover a missing or non-text value. */
export const shapeReason =
  (reason: string) =>
  (issue: z.core.$ZodRawIssue): string | undefined =>
    issue.code === 'invalid_format' ? reason : undefined;

const names: Readonly<Record<string, string>> = { int: 'a whole number', object: 'an object', array: 'an array' };
const named = (type: string): string => names[type] ?? `a ${type}`;

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number' && !Number.isInteger(value)) return Number.isNaN(value) ? 'NaN' : 'a fraction';
  return named(typeof value);
};

const units: Readonly<Record<string, string>> = { string: 'character', array: 'item' };
const amount = (origin: string, bound: number | bigint): string => {
  const unit = units[origin];
  return unit === undefined ? `${bound}` : `${bound} ${unit}${Number(bound) === 1 ? '' : 's'} long`;
};
