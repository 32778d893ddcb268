import type { Problem } from '@acme/telemetry-schema';
import { schemaVersion } from '@acme/telemetry-schema';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { PoisonClass } from './poison.ts';

/** An event that will not be taken: why, and the bytes as they came. */
export interface Refused {
  /** Where it stood in its batch or call, from 0. */
  readonly index: number;
  readonly class: PoisonClass;
  readonly problems: readonly Problem[];
  readonly raw: Buffer | string;
  readonly position?: { readonly source: string; readonly shard: string; readonly sequence: string };
}

/**
 * Puts refused events aside as one NDJSON object: a line each with its class of poison, reasons, raw bytes
 * (base64), position and schema version.
 *
 * @param key one that a retry of the same batch reproduces, so that it overwrites and never doubles
 * @throws when S3 does: the batch must then fail and come again
 */
export const quarantine = async (
  client: S3Client,
  { bucket, key, refused }: { readonly bucket: string; readonly key: string; readonly refused: readonly Refused[] },
): Promise<void> => {
  if (refused.length === 0) return;
  const lines = refused.map(({ index, class: poison, problems, raw, position }) =>
    JSON.stringify({
      index,
      class: poison,
      problems,
      schema_version: schemaVersion,
      ...position,
      raw: Buffer.from(raw).toString('base64'),
    }),
  );
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: `${lines.join('\n')}\n`,
      ContentType: 'application/x-ndjson',
    }),
  );
};
