import { enrichedFolder, hourFolder, isEnriched } from '@acme/lake-layout';
import { families } from '@acme/telemetry-schema';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { Bucket } from './repair-object.ts';

/** Hours that events happened in, such as `2026-11-21T09`, both included. */
export interface Hours {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The keys of enriched objects whose events happened in some hours, family by family in the order of time. */
export async function* enrichedObjects({ s3, bucket }: Bucket, { from, to }: Hours): AsyncGenerator<string> {
  for (const family of families) {
    const folder = enrichedFolder(family);
    const after = from === undefined ? undefined : folder + hourFolder(from);
    const last = to === undefined ? undefined : folder + hourFolder(to);
    const pages = paginateListObjectsV2(
      { client: s3 },
      { Bucket: bucket, Prefix: folder, ...(after === undefined ? {} : { StartAfter: after }) },
    );
    pages: for await (const { Contents = [] } of pages) {
      for (const { Key = '' } of Contents) {
        if (last !== undefined && Key > last && !Key.startsWith(last)) break pages;
        if (isEnriched(Key)) yield Key;
      }
    }
  }
}
