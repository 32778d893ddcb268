import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import { projectedPartitions } from '../sql/projection.ts';
import type { Glue } from './glue.ts';
import { DatabaseInput, TableInput } from './table-input.ts';

const Database = z.strictObject({ CatalogId: z.string(), DatabaseInput });
const Table = z.strictObject({ CatalogId: z.string(), DatabaseName: z.string(), TableInput });
/** What Glue takes of the types in the templates: the lake's catalog. */
export const glueResources = (glue: Glue): ResourceKinds => ({
  'AWS::Glue::Database': resourceKind(Database, ({ DatabaseInput: input }, { generatedName }) => {
    const name = (input.Name ?? generatedName).toLowerCase();
    glue.createDatabase(name, input);
    return { ref: name };
  }),
  'AWS::Glue::Table': resourceKind(Table, ({ DatabaseName, TableInput: input }) => {
    checkPartitionFolders(input);
    projectedPartitions(input, Date.now()); // says what is wrong with its properties
    glue.createTable(DatabaseName, input);
    return { ref: input.Name };
  }),
});

/** Partition keys are read from folders `key=value`, as Firehose and Hive write them. */
const checkPartitionFolders = ({
  Name,
  Parameters,
  PartitionKeys,
  StorageDescriptor: { Location },
}: TableInput): void => {
  const template = Parameters['storage.location.template'];
  const folders = PartitionKeys.map((key) => `${key.Name}=\${${key.Name}}`).join('/');
  if (template === undefined || withSlash(template) === withSlash(withSlash(Location) + folders)) return;
  throw new Error(`table ${Name}: storage.location.template has to be its Location followed by ${folders}/`);
};

const withSlash = (location: string): string => (location.endsWith('/') ? location : `${location}/`);
