import type { Problem } from './problem.ts';

/**
 * A line of a source: the fields of its row, not checked yet, or why it has none.
 *
 * `unread` tells of fields that the row would have, had they been written as they are to be.
 */
export type SourceLine =
  { readonly line: number; readonly value: unknown; readonly unread?: readonly Unread[] } | Problem;

/** A field that cannot be read, and why. */
export type Unread = Required<Pick<Problem, 'field' | 'reason'>>;
