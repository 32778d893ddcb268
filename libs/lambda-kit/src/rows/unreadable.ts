import type { RowRules } from './columns.ts';
import { BrokenObjectError, type LakeObject, mostLineBytes, type ObjectLine, objectLines } from './object-lines.ts';
import { type RowFlaw, rowFlaw } from './row-flaw.ts';

/** What cannot be read of an object, for people: a line of it, or all of it. */
export interface Unreadable {
  /** The key of the object. */
  readonly object: string;
  /** From 1; undefined when it is the object as a whole, of which then nothing is read. */
  readonly line: number | undefined;
  /** Quotes nothing of what was read. */
  readonly reason: string;
}

/** A line of an object and what is wrong with it. */
export interface JudgedLine extends ObjectLine {
  readonly flaw: RowFlaw | undefined;
}

/**
 * The lines of an object of a table of JSON lines, each with what a strict reader finds wrong with it: see `rowFlaw`.
 * They come some at a time, in order; blank lines are left out. Memory is bounded, whatever the object.
 *
 * @throws BrokenObjectError, after the lines that came before the damage
 */
export async function* judgedLines(object: LakeObject, rules: RowRules): AsyncGenerator<JudgedLine[]> {
  for await (const lines of objectLines(object)) yield lines.map((line) => ({ ...line, flaw: flawOf(line, rules) }));
}

/**
 * Everything in an object of a table of JSON lines that a reader cannot read, or not wholly, by name; nothing when all
 * of it is good. An object that is broken as a whole is one finding, the last one.
 */
export async function* unreadableIn(object: LakeObject, rules: RowRules): AsyncGenerator<Unreadable> {
  try {
    for await (const lines of objectLines(object)) {
      for (const line of lines) {
        const flaw = flawOf(line, rules);
        if (flaw !== undefined) yield { object: object.key, line: line.number, reason: flaw.reason };
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenObjectError)) throw error;
    yield { object: object.key, line: undefined, reason: error.message };
  }
}

const flawOf = ({ bytes, isTooLong }: ObjectLine, rules: RowRules): RowFlaw | undefined =>
  isTooLong ? { reason: `it is longer than ${mostLineBytes / 2 ** 20} MiB`, isRow: false } : rowFlaw(bytes, rules);

/** A finding in one line: `telemetry/…/x.gz line 3: it is no JSON`. */
export const unreadableLine = ({ object, line, reason }: Unreadable): string =>
  `${object}${line === undefined ? '' : ` line ${line}`}: ${reason}`;
