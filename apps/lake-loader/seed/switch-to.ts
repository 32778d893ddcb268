import { seedRoot } from '@acme/lake-layout';
import type { S3Client } from '@aws-sdk/client-s3';
import { changeFiles } from '../src/manifest/index.ts';
import type { Part } from './parts.ts';

/** Days that are switched at the same time. */
const atOnce = 8;

/**
 * Makes these the seeded files of the days, each day at once; other files of a day stay.
 *
 * @param dates those without parts have no seeded files afterwards
 * @returns how long it took, in milliseconds
 */
export const switchTo = async (
  s3: S3Client,
  bucket: string,
  dates: readonly string[],
  parts: ReadonlyMap<string, readonly Part[]>,
): Promise<number> => {
  const startedMs = performance.now();
  const isSeeded = (file: string): boolean => file.startsWith(`s3://${bucket}/${seedRoot}`);
  const left = new Set(dates).values();
  const switchDays = async (): Promise<void> => {
    for (const date of left) {
      const files = (parts.get(date) ?? []).map(({ key }) => `s3://${bucket}/${key}`);
      const change = (listed: readonly string[]): string[] => [...listed.filter((file) => !isSeeded(file)), ...files];
      await changeFiles({ s3, bucket, table: 'telemetry', date, change });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, switchDays));
  return performance.now() - startedMs;
};
