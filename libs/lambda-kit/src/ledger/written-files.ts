import * as z from 'zod';

/**
 * What compaction notes of the Parquet files that a query wrote, before any manifest lists one of them: by key the MD5 of
 * its bytes, in hex. Parquet has no checksum that its readers look at.
 */
export const WrittenFiles = z.strictObject({
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{32}$/)),
});
export type WrittenFiles = z.infer<typeof WrittenFiles>;
