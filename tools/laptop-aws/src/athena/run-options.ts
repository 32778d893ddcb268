import type { Readable } from 'node:stream';
import type { S3 } from '../s3/s3.ts';
import type { ResultColumn } from './execution.ts';

/** What a statement is run with. */
export interface RunOptions {
  /** The platform's state folder. */
  readonly dir: string;
  readonly sql: string;
  readonly database: string | undefined;
  readonly signal: AbortSignal;
  readonly s3: S3;
  /** A folder of this query's own. */
  readonly scratch: string;
  /** Stores the result object. */
  readonly store: (result: Readable | Buffer) => Promise<void>;
  /** Stores the list of the objects that were written, and gives its URL. */
  readonly storeManifest: (urls: readonly string[]) => Promise<void>;
  /** To be told what will be read, before it is. @throws ScanLimitError when that is too much */
  readonly begin: (bytesScanned: number) => Promise<void>;
}

export interface RunResult {
  readonly columns: readonly ResultColumn[];
}
