import type { FunctionLogging, Report } from './invocation-log.ts';
import type { Payload } from './stream-payload.ts';

/** A function as its template describes it. */
export interface FunctionSpec {
  readonly name: string;
  /** The folder of the bundle, as it would be unpacked in Lambda. */
  readonly codeDir: string;
  /** File and export: `index.handler` is `handler` of index.mjs, index.js or index.cjs. */
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** At most this many at a time; undefined means as many as the laptop has cores. */
  readonly reservedConcurrency?: number | undefined;
  /** Where and how it logs. @default lines of text in /aws/lambda/<name> */
  readonly logging?: FunctionLogging | undefined;
  /** What nothing here acts on, but the Lambda API tells. */
  readonly about?: FunctionAbout | undefined;
}

export interface FunctionAbout {
  readonly description?: string | undefined;
  readonly runtime?: string | undefined;
  readonly role?: string | undefined;
  readonly architecture?: string | undefined;
  readonly tracing?: 'Active' | 'PassThrough' | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface Invocation {
  readonly requestId: string;
  /** What the handler returned, as JSON text; of a failed one Lambda's error object `{ errorType, errorMessage, trace }`. */
  readonly payload: string;
  /** Set when the handler threw, timed out, ran out of memory or exited. */
  readonly functionError?: 'Unhandled';
  /** The last 4 KB that the invocation logged. */
  readonly logTail?: string;
}

/** Is told of every invocation, for metrics. */
export interface InvocationMeasures {
  /** One has ended: answered, failed or timed out. */
  invoked(functionName: string, report: Report): void;
  /** One was refused for want of concurrency. */
  throttled(functionName: string): void;
}

/** The functions of the platform: what event source mappings, schedules, routes and the Lambda API invoke. */
export interface Functions {
  define(spec: FunctionSpec): void;
  /**
   * Runs a function with a payload and waits for its end.
   *
   * @param nameOrArn a function's name or ARN
   * @param requestId the caller's, when a retry must carry the same one (asynchronous invocations do)
   * @throws AwsError ResourceNotFoundException when there is no such function, TooManyRequestsException when a
   * reserved concurrency is used up, RequestEntityTooLargeException over 6 MB, InvalidRequestContentException when the
   * payload is not JSON; a failing handler does not throw, see `functionError`
   */
  invoke(nameOrArn: string, payload: Payload, requestId?: string): Promise<Invocation>;
  has(nameOrArn: string): boolean;
  names(): readonly string[];
  /** How many invocations of this function may run at once on this laptop. */
  concurrencyOf(nameOrArn: string): number;
}
