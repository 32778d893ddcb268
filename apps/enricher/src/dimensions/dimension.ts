import type { EventRow } from '@acme/telemetry-schema';
import * as z from 'zod';

/** What the rows of a dimension are made of: flat, so that files and tables hold them alike. */
export type RowSchema = z.ZodObject<
  Readonly<Record<string, z.ZodType<string | number | boolean | undefined>>>,
  z.core.$strict
>;

/** A row of exactly these fields. */
export const rowOf = <Shape extends RowSchema['shape']>(shape: Shape): z.ZodObject<Shape, z.core.$strict> =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `must have no fields but ${Object.keys(shape).join(', ')}` : undefined,
  });

/** Something that events are enriched with: a table that is looked into, and what an event gets of a row. */
export interface Dimension<Name extends string = string, Row extends RowSchema = RowSchema> {
  /** Names it in commands, metrics and enriched events: `customers`. */
  readonly name: Name;
  /** Its DynamoDB table, where stages use names bare. */
  readonly tableName: string;
  /** One row as files and the table hold it; fields that it does not know are refused. */
  readonly row: Row;
  /** The field of a row that it is found by; texts of 1 to 2,048 bytes (partition keys, DynamoDB quotas). */
  readonly key: keyof z.output<Row> & string;
  /**
   * The key that an event is looked up by, of either family; undefined where there is nothing to look up. What was
   * enriched before gives the same key: repair looks again by the row alone.
   */
  readonly keyOf: (event: EventRow) => string | undefined;
  /** By column of the enriched event: the field of the row that it takes, where the event does not fill it itself. */
  readonly columns: Readonly<Record<string, keyof z.output<Row> & string>>;
}

/** Checks a dimension against its own row; the dimension as it is. */
export const dimension = <const Name extends string, Row extends RowSchema>(
  declared: Dimension<Name, Row>,
): Dimension<Name, Row> => declared;
