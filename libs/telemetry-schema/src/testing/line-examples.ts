import { maxEventBytes } from '../event-line.ts';
import type { Example } from './example.ts';

/** Every rule of a line that should hold the event. */
export const lineExamples = (event: object): readonly Example<string>[] => {
  const good = JSON.stringify(event);
  const ofBytes = (bytes: number): string =>
    JSON.stringify({ ...event, note: 'x'.repeat(bytes - good.length - ',"note":""'.length) });
  const example = (rule: string, goodLine: string, bad: string, reason: string): Example<string> => ({
    rule: `the line ${rule}`,
    good: goodLine,
    bad,
    problems: [{ field: '(event)', reason }],
  });
  const tooLarge = 'must be at most 262144 bytes long';
  const notJson = 'must be valid JSON';
  return [
    example('has at most 256 KiB', ofBytes(maxEventBytes), ofBytes(maxEventBytes + 1), tooLarge),
    example('does not have 300 KB', good, ofBytes(300_000), tooLarge),
    example('is measured in bytes', good, JSON.stringify({ ...event, note: 'é'.repeat(140_000) }), tooLarge),
    example('is whole JSON', `  ${good}\r`, good.slice(0, -1), notJson),
    example('is one JSON value', good, `${good}${good}`, notJson),
    example('is not empty', good, '', notJson),
    example('has no NaN', good, '{"watch_duration_seconds":NaN}', notJson),
    example('has its nesting closed', good, '['.repeat(100_000), notJson),
    example(
      'is an object, not nested arrays',
      good,
      `${'['.repeat(9)}${']'.repeat(9)}`,
      'must be an object, not an array',
    ),
    example('is an object, not null', good, 'null', 'must be an object, not null'),
  ];
};
