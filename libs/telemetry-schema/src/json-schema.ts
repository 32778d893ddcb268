import * as z from 'zod';

/** A JSON Schema document, draft 2020-12. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * The schema as JSON Schema (draft 2020-12), for readers in other languages. It states everything but the two rules
 * that need more than the event: its size, and its time against its arrival.
 */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input' });
