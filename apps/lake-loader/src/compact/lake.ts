import type { S3Client } from '@aws-sdk/client-s3';
import type { Athena } from '@acme/lambda-kit/athena';

/** The lake that is compacted. */
export interface Lake {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly athena: Athena;
  /** The first day that queries see: what happened before it stays in the raw zone alone. */
  readonly firstDay: string;
}
