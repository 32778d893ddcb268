import { type EventTable, rowIn } from '../columns.ts';
import type { Reading } from '../reading.ts';

/** JavaScript's own reader. */
export const jsonParse = (table: EventTable, object: Buffer): Reading[] =>
  linesOf(object).map((line) => {
    try {
      return { row: rowIn(table, JSON.parse(line) as object) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  });

/** The lines of an object, which all end with a line feed. */
export const linesOf = (object: Buffer): string[] => object.toString('utf8').split('\n').slice(0, -1);
