import * as z from 'zod';

const parameters = z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]).transform(String)).default({});

const Column = z.strictObject({
  Name: z.string(),
  Type: z.string().default('string'),
  Comment: z.string().optional(),
  Parameters: parameters.optional(),
});

/** A table as CloudFormation and the Glue API write it. Views and Iceberg tables are not here. */
export const TableInput = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  Owner: z.string().optional(),
  Retention: z.number().optional(),
  TableType: z.literal('EXTERNAL_TABLE').optional(),
  Parameters: parameters,
  PartitionKeys: z.array(Column).default([]),
  StorageDescriptor: z.strictObject({
    Columns: z.array(Column),
    Location: z.string().startsWith('s3://'),
    InputFormat: z.string().optional(),
    OutputFormat: z.string().optional(),
    Compressed: z.boolean().optional(),
    NumberOfBuckets: z.number().optional(),
    SerdeInfo: z.strictObject({
      Name: z.string().optional(),
      SerializationLibrary: z.string(),
      Parameters: parameters.optional(),
    }),
    Parameters: parameters.optional(),
    StoredAsSubDirectories: z.boolean().optional(),
  }),
});
export type TableInput = z.infer<typeof TableInput>;

export const DatabaseInput = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  LocationUri: z.string().optional(),
  Parameters: parameters.optional(),
});
export type DatabaseInput = z.infer<typeof DatabaseInput>;
