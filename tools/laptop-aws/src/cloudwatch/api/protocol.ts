import type { IncomingMessage } from 'node:http';
import type { AwsError } from '../../aws/aws-error.ts';

/** How a request is read and answered. */
export interface Protocol {
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The operation that a request names. */
  operation(request: IncomingMessage, input: unknown): string;
  /** @throws AwsError SerializationException */
  read(body: Buffer, request: IncomingMessage): unknown;
  write(operation: string, output: object, requestId: string): string | Uint8Array;
  fail(error: AwsError, requestId: string): string | Uint8Array;
}
