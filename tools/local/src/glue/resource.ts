import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import type { Glue } from './glue.ts';
import { DatabaseInput, TableInput } from './table-input.ts';

const Database = z.strictObject({ CatalogId: z.string(), DatabaseInput });
const Table = z.strictObject({ CatalogId: z.string(), DatabaseName: z.string(), TableInput });
const WorkGroup = z.looseObject({ Name: z.string() });
const NamedQuery = z.strictObject({
  Name: z.string().optional(),
  Database: z.string(),
  QueryString: z.string(),
  Description: z.string().optional(),
  WorkGroup: z.string().optional(),
});

/** What the lake's catalog takes of the types in the templates. Athena itself is not here yet: `npm run sql` is. */
export const glueResources = (glue: Glue): ResourceKinds => ({
  'AWS::Glue::Database': resourceKind(Database, ({ DatabaseInput: input }, { generatedName }) => {
    const name = (input.Name ?? generatedName).toLowerCase();
    glue.createDatabase(name, input);
    return { ref: name };
  }),
  'AWS::Glue::Table': resourceKind(Table, ({ DatabaseName, TableInput: input }) => {
    glue.createTable(DatabaseName, input);
    return { ref: input.Name };
  }),
  'AWS::Athena::WorkGroup': resourceKind(WorkGroup, ({ Name, ...settings }) => ({
    ref: Name,
    notHonoured: Object.keys(settings),
  })),
  'AWS::Athena::NamedQuery': resourceKind(NamedQuery, (properties, { generatedName }) => {
    const { Name: name = generatedName, Database: database, QueryString: query, Description: description } = properties;
    glue.createNamedQuery({ name, database, query, description });
    return { ref: name, attributes: { NamedQueryId: name } };
  }),
});
