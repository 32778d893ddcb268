import type { AwsTarget } from '@acme/command-kit';
import type { DataSetOptions } from '@acme/synthetic';
import type { Stored } from './part-object.ts';

/** What a worker is told when it starts. */
export interface Assignment {
  readonly options: DataSetOptions;
  readonly bucket: string;
  readonly client: AwsTarget['client'];
}

/** What a worker says of a part: what is stored now, or why nothing is. */
export type Answer =
  { readonly stored: Stored } | { readonly failed: { readonly name: string; readonly message: string } };
