import type * as z from 'zod';
import { withoutNulls } from './left-out.ts';
import { reasonOf } from './reason.ts';

/** What is wrong with one field. Neither part ever holds the refused value, so both are safe to log and to send back. */
export interface Problem {
  /** A dotted path such as `watch_duration_seconds`; `(event)` or `(row)` when the whole is refused. */
  readonly field: string;
  /** Reads on from the field's name: "must be a whole number", "is missing". */
  readonly reason: string;
}

/** A valid value, holding the fields that its schema knows and no others, or everything that is wrong with it. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

const context = { error: reasonOf };

/**
 * A value that fits the schema, or its problems in the order of the fields. An optional field that is `null` counts as
 * left out.
 *
 * @param whole the name for the value itself, used when it is not an object at all
 */
export const parseAs = <S extends z.ZodType>(schema: S, value: unknown, whole: string): Parsed<z.output<S>> => {
  const asGiven = schema.safeParse(value, context);
  if (asGiven.success) return { ok: true, value: asGiven.data };
  const meant = withoutNulls(schema, value);
  const result = meant === value ? asGiven : schema.safeParse(meant, context);
  if (result.success) return { ok: true, value: result.data };
  // One reason a field: the last is the field's own bound, after those of its type.
  const reasons = new Map(result.error.issues.map(({ path, message }) => [path.join('.') || whole, message]));
  return { ok: false, problems: Array.from(reasons, ([field, reason]) => ({ field, reason })) };
};

/** A row of one of the tables, or its problems: `parseRow(tables.customers.schema, row)`. */
export const parseRow = <S extends z.ZodType>(schema: S, row: unknown): Parsed<z.output<S>> =>
  parseAs(schema, row, '(row)');
