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
  const nested = (levels: number): string => withField(`${'['.repeat(levels)}${']'.repeat(levels)}`);
  const keys = (count: number): string =>
    withField(`{${Array.from({ length: count }, (_, at) => `"k${at}":{}`).join(',')}}`);
  const withField = (json: string): string => `{"note":${json},${good.slice(1)}`;
  const ownKeys = Object.keys(event).length + 1;
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
    example('has at most 32 levels', nested(31), nested(32), 'must be nested at most 32 levels deep'),
    example('does not have 30,000 levels', good, nested(30_000), 'must be nested at most 32 levels deep'),
    example(
      'has at most 1000 keys, nested ones included',
      keys(1000 - ownKeys),
      keys(1001 - ownKeys),
      'must have at most 1000 keys, those of nested objects included',
    ),
    example('may begin with a byte-order mark', `\ufeff${good}`, `\ufeff\ufeff${good}`, notJson),
    example('is an object, not null', good, 'null', 'must be an object, not null'),
  ];
};
