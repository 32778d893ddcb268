import { createHash } from 'node:crypto';
import type { SourceRecord } from '../source-record.ts';

/**
 * The id of an event that came without one: a hash of where it lies, so that a retry and every other reader of the
 * stream derive the same.
 *
 * @param index of its line among the record's lines, from 0
 */
export const derivedEventId = ({ source, shard, sequence }: SourceRecord['position'], index = 0): string => {
  const place = JSON.stringify([source, shard, sequence, index]);
  return `at-${createHash('sha256').update(place).digest('hex').slice(0, 32)}`;
};
