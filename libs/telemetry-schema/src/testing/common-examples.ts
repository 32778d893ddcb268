import { reasons } from './example.ts';
import type { Example, fieldExamples } from './example.ts';

/** The rules of an event's time, for events that arrive at `arrivedAtMs` (2026-11-21T09:30:05Z). */
export const timeExamples = (of: ReturnType<typeof fieldExamples>, field: string): Example[] => {
  const good = '2026-11-21T09:30:00Z';
  const needsArrival = { beyondJsonSchema: true } as const;
  return [
    of(field, 'is there', good, undefined, 'is missing'),
    of(field, 'is text', good, 1795253400000, 'must be a string, not a number'),
    of(field, 'is not empty', good, '', reasons.instant),
    of(field, 'is in UTC', '2026-11-21T09:30:00.123456Z', '2026-11-21T10:30:00+01:00', reasons.instant),
    of(field, 'has its seconds', good, '2026-11-21T09:30Z', reasons.instant),
    of(field, 'is a day of the calendar', '2024-02-29T12:00:00Z', '2026-02-29T12:00:00Z', reasons.instant),
    of(field, 'is bounded', good, `2026-11-21T09:30:00.${'0'.repeat(40)}Z`, 'must be at most 30 characters long'),
    of(field, 'is not before 2000', '2000-01-01T00:00:00Z', '1970-01-01T00:00:00Z', reasons.tooEarly, needsArrival),
    of(field, 'is not of next year', good, '2027-11-21T09:30:00Z', reasons.tooLate, needsArrival),
    of(
      field,
      'is at most 5 minutes after arrival',
      '2026-11-21T09:35:05.000Z',
      '2026-11-21T09:35:05.001Z',
      reasons.tooLate,
      needsArrival,
    ),
  ];
};

/** The rules of a required identifier. */
export const idExamples = (of: ReturnType<typeof fieldExamples>, field: string): Example[] => [
  of(field, 'is there', 'a', undefined, 'is missing'),
  of(field, 'is not empty', 'a', '', reasons.id),
  of(field, 'is text', '42', 42, 'must be a string, not a number'),
  of(field, 'has at most 64 characters', 'x'.repeat(64), 'x'.repeat(65), reasons.id),
  of(field, 'has safe characters only', 'a.B-c_d:1', '../../etc', reasons.id),
];

/** The rules of a required id of a person, as sign-in services give it. */
export const accountIdExamples = (of: ReturnType<typeof fieldExamples>, field: string): Example[] => [
  of(field, 'is there', 'a', undefined, 'is missing'),
  of(field, 'is not empty', 'a', '', reasons.accountId),
  of(field, 'is not null', 'a', null, 'must be a string, not null'),
  of(field, 'is text', '42', 42, 'must be a string, not a number'),
  of(field, 'has at most 254 characters', 'x'.repeat(254), 'x'.repeat(255), reasons.accountId),
  of(
    field,
    'may be of a sign-in service',
    'auth0|5f7c8ec7c33c6c004bbafe82',
    'auth0 5f7c8ec7c33c6c004bbafe82',
    reasons.accountId,
  ),
  of(field, 'may be an address', 'ada.lovelace+tv@example.co.uk', '"ada lovelace"@example.com', reasons.accountId),
  of(field, 'may be base64', 'ZmzDqQ/+8A==', 'ZmzDqQ/+8A==\n', reasons.accountId),
  of(field, 'has nothing that a URL reads as its own', 'a/b~c', 'a?b', reasons.accountId),
  of(field, 'has no letters that look alike', 'a', '\u0430', reasons.accountId),
];
