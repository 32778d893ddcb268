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
}

export interface Invocation {
  readonly requestId: string;
  /** What the handler returned, as JSON text; of a failed one Lambda's error object `{ errorType, errorMessage, trace }`. */
  readonly payload: string;
  /** Set when the handler threw, timed out, ran out of memory or exited. */
  readonly functionError?: 'Unhandled';
}

/** The functions of the platform: what event source mappings, schedules, routes and the Lambda API invoke. */
export interface Functions {
  define(spec: FunctionSpec): void;
  /**
   * Runs a function with a JSON payload and waits for its end.
   *
   * @param nameOrArn a function's name or ARN
   * @param requestId the caller's, when a retry must carry the same one (asynchronous invocations do)
   * @throws AwsError ResourceNotFoundException when there is no such function, TooManyRequestsException when a
   * reserved concurrency is used up; a failing handler does not throw, see `functionError`
   */
  invoke(nameOrArn: string, payload: string, requestId?: string): Promise<Invocation>;
  has(nameOrArn: string): boolean;
  names(): readonly string[];
  /** How many invocations of this function may run at once on this laptop. */
  concurrencyOf(nameOrArn: string): number;
}
