import type { AwsService } from '../aws/service.ts';
import type { S3 } from '../s3/s3.ts';
import { type Definitions, type NamedQuery, noDefinitions, type WorkGroup, writeDefinitions } from './definitions.ts';
import { openParser } from './parser.ts';
import { openQueries } from './queries.ts';
import { athenaService } from './service.ts';

export interface Athena {
  /** Athena's API, as far as it runs queries and tells what is defined. */
  readonly service: AwsService;
  /** What the templates defined so far. */
  readonly definitions: Definitions;
  defineWorkGroup(workGroup: WorkGroup): void;
  defineNamedQuery(query: NamedQuery): void;
  /** Ends the queries that are under way: they have failed. */
  close(): Promise<void>;
}

/**
 * Athena on the lake of a state folder. Work groups and named queries are built anew from the templates at each start;
 * queries are remembered, and one that was under way when the platform ended has failed.
 *
 * @param dir the platform's state folder
 */
export const openAthena = async ({
  dir,
  s3,
  report = (line) => process.stderr.write(`${line}\n`),
}: {
  readonly dir: string;
  readonly s3: S3;
  /** Tells the person at the laptop of trouble. */
  readonly report?: (line: string) => void;
}): Promise<Athena> => {
  const definitions = noDefinitions();
  const queries = await openQueries({ dir, s3, report });
  const parser = openParser();
  return {
    definitions,
    service: athenaService({ dir, definitions, queries, parser }),
    defineWorkGroup: (workGroup) => {
      definitions.workGroups = [...definitions.workGroups.filter(({ name }) => name !== workGroup.name), workGroup];
      writeDefinitions(dir, definitions);
    },
    defineNamedQuery: (query) => {
      definitions.namedQueries = [...definitions.namedQueries.filter(({ id }) => id !== query.id), query];
      writeDefinitions(dir, definitions);
    },
    close: async () => {
      await queries.close();
      await parser.close();
    },
  };
};
