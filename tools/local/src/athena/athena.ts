import { type Definitions, type NamedQuery, noDefinitions, type WorkGroup, writeDefinitions } from './definitions.ts';

export interface Athena {
  /** What the templates defined so far. */
  readonly definitions: Definitions;
  defineWorkGroup(workGroup: WorkGroup): void;
  defineNamedQuery(query: NamedQuery): void;
}

/**
 * Athena on the lake of a state folder. Work groups and named queries are built anew from the templates at each start.
 *
 * @param dir the platform's state folder
 */
export const openAthena = ({ dir }: { readonly dir: string }): Athena => {
  const definitions = noDefinitions();
  return {
    definitions,
    defineWorkGroup: (workGroup) => {
      definitions.workGroups = [...definitions.workGroups.filter(({ name }) => name !== workGroup.name), workGroup];
      writeDefinitions(dir, definitions);
    },
    defineNamedQuery: (query) => {
      definitions.namedQueries = [...definitions.namedQueries.filter(({ id }) => id !== query.id), query];
      writeDefinitions(dir, definitions);
    },
  };
};
