import * as z from 'zod';
import { dimension, rowOf } from '../src/dimensions/dimension.ts';

/** A dimension whose fields have no bounds of their own, so that those of DynamoDB show. */
export const notes = dimension({
  name: 'notes',
  tableName: 'enricher-notes',
  row: rowOf({
    note_id: z.string(),
    text: z.string().optional(),
    weight: z.number().optional(),
    count: z.int().optional(),
    is_new: z.boolean().optional(),
  }),
  key: 'note_id',
  keyOf: () => undefined,
  columns: {},
});
