import type { LogLevel } from '../invocation-log.ts';
import type { RecordData } from '../stream-payload.ts';

/** What an execution environment's thread is told when it starts. */
export interface Boot {
  readonly codeDir: string;
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly logFormat: 'Text' | 'JSON';
  readonly logLevel: LogLevel;
}

/** One invocation, as the thread gets it. */
export interface Run {
  readonly requestId: string;
  /** JSON text; of a batch of records, without their data. */
  readonly payload: string;
  readonly data?: RecordData;
  /** When the time-out strikes, in milliseconds since 1970. */
  readonly deadlineMs: number;
}

/** An error as Lambda shows it to the caller. */
export interface LambdaError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What the thread says. Logs come before the answer of the invocation that wrote them. */
export type FromThread =
  | { readonly kind: 'ready' }
  /** One line of console, complete however many line breaks it has. */
  | { readonly kind: 'line'; readonly text: string }
  /** A piece of stdout or stderr, broken anywhere. */
  | { readonly kind: 'output'; readonly text: string }
  | { readonly kind: 'returned'; readonly payload: string; readonly usedBytes: number }
  | { readonly kind: 'threw'; readonly error: LambdaError; readonly usedBytes: number }
  /** The payload is not JSON. */
  | { readonly kind: 'unreadable' }
  /** The thread is about to end for this reason. */
  | { readonly kind: 'dying'; readonly error: LambdaError };
