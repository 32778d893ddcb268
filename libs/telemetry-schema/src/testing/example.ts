import type { Problem } from '../parsed.ts';

/** A rule of the contract, by one value that keeps it and one that breaks it and nothing else. */
export interface Example<T = unknown> {
  /** Reads as a sentence about the value: "watch_duration_seconds is not negative". */
  readonly rule: string;
  readonly good: T;
  readonly bad: T;
  /** Exactly what the parser says about the bad one. */
  readonly problems: readonly Problem[];
  /** Set where JSON Schema cannot state the rule, because it needs more than the value. */
  readonly beyondJsonSchema?: true;
}

/** Examples of rules about one field, given as a change to a valid value; `undefined` takes the field away. */
export const fieldExamples =
  (valid: object) =>
  (field: string, rule: string, good: unknown, bad: unknown, reason: string, more: Partial<Example> = {}): Example => ({
    rule: `${field} ${rule}`,
    good: changed(valid, field, good),
    bad: changed(valid, field, bad),
    problems: [{ field, reason }],
    ...more,
  });

const changed = (valid: object, field: string, value: unknown): object =>
  Object.fromEntries(Object.entries({ ...valid, [field]: value }).filter(([, given]) => given !== undefined));

/** Examples of the rule that the value is an object at all. */
export const wholeExamples = (valid: object, whole: string): Example[] =>
  [
    { bad: null, reason: 'must be an object, not null' },
    { bad: [valid], reason: 'must be an object, not an array' },
    { bad: 'start', reason: 'must be an object, not a string' },
    { bad: 42, reason: 'must be an object, not a number' },
  ].map(({ bad, reason }) => ({
    rule: `it ${reason.replace('must be', 'is')}`,
    good: valid,
    bad,
    problems: [{ field: whole, reason }],
  }));

/** What is said of an identifier that is no identifier, a time that is no time, a day that is no day. */
export const reasons = {
  id: 'must be 1 to 64 letters, digits, dots, underscores, colons or hyphens',
  accountId: 'must be 1 to 254 letters, digits or characters of . _ : | @ + = / ~ -',
  instant: 'must be an ISO 8601 time in UTC, such as 2026-11-21T09:30:00Z',
  day: 'must be a calendar day, such as 2026-11-21',
  tooEarly: 'must not be before 2000-01-01T00:00:00Z',
  tooLate: 'must not be more than 5 minutes after the event arrived',
  currency: 'must be three capital letters, an ISO 4217 currency such as USD',
} as const;
