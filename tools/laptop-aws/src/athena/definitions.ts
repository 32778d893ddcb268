import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { documentIn } from '../aws/state-file.ts';
import { makeFolderDurably, moveDurably, writeDurably } from '../disk/blocking.ts';
import { withSum } from '../disk/summed-text.ts';

const WorkGroup = z.object({
  name: z.string(),
  description: z.string().optional(),
  /** A query that reads more is cancelled. */
  bytesScannedCutoff: z.number().optional(),
  /** `s3://bucket/prefix/`, where results go. */
  outputLocation: z.string().optional(),
  /** Whether the settings here win over those of a request. */
  isEnforced: z.boolean(),
  isEnabled: z.boolean(),
  publishesMetrics: z.boolean(),
  encryption: z.string().optional(),
});
export type WorkGroup = z.infer<typeof WorkGroup>;

const NamedQuery = z.object({
  id: z.string(),
  name: z.string(),
  database: z.string(),
  query: z.string(),
  description: z.string().optional(),
  workGroup: z.string(),
});
export type NamedQuery = z.infer<typeof NamedQuery>;

const Definitions = z.object({ workGroups: z.array(WorkGroup), namedQueries: z.array(NamedQuery) });
/** What the templates define of Athena. */
export type Definitions = z.infer<typeof Definitions>;

/** The work group that every account has. */
const primary: WorkGroup = { name: 'primary', isEnforced: false, isEnabled: true, publishesMetrics: false };

export const noDefinitions = (): Definitions => ({ workGroups: [primary], namedQueries: [] });

/** The work groups and named queries that the platform left in its state folder, for who works without a platform. */
export const readDefinitions = (dir: string): Definitions => {
  const file = definitionsFile(dir);
  return existsSync(file) ? documentIn(file, readFileSync(file, 'utf8'), Definitions) : noDefinitions();
};

/** Leaves them in the state folder; readers see the old ones or the new ones. */
export const writeDefinitions = (dir: string, definitions: Definitions): void => {
  const file = definitionsFile(dir);
  makeFolderDurably(join(dir, 'athena'));
  writeDurably(`${file}.next`, withSum(JSON.stringify(definitions, undefined, 2)));
  moveDurably(`${file}.next`, file);
};

const definitionsFile = (dir: string): string => join(dir, 'athena', 'definitions.json');
