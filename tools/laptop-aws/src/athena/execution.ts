import * as z from 'zod';

/** A column of a result, as Athena names types. */
const ResultColumn = z.object({
  name: z.string(),
  type: z.string(),
  precision: z.number(),
  scale: z.number(),
});
export type ResultColumn = z.infer<typeof ResultColumn>;

/** One query, from its start to long after its end; as it is kept on the disk. */
export const Execution = z.object({
  id: z.string(),
  /** ClientRequestToken: the same one with the same request is the same query. */
  token: z.string().optional(),
  query: z.string(),
  statementType: z.enum(['DML', 'DDL', 'UTILITY']),
  database: z.string().optional(),
  catalog: z.string().optional(),
  workGroup: z.string(),
  /** The folder of results, `s3://bucket/prefix/`. */
  resultsFolder: z.string(),
  /** The object of the result. */
  outputLocation: z.string(),
  state: z.enum(['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED']),
  reason: z.string().optional(),
  submittedMs: z.number(),
  startedMs: z.number().optional(),
  completedMs: z.number().optional(),
  bytesScanned: z.number().default(0),
  manifestLocation: z.string().optional(),
  columns: z.array(ResultColumn).default([]),
});
export type Execution = z.infer<typeof Execution>;

export const isOver = ({ state }: Execution): boolean => state !== 'QUEUED' && state !== 'RUNNING';
