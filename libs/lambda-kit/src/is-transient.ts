/**
 * Whether an error of an AWS call may be gone at the next try: throttles, server errors, the network. Everything
 * else (no permission, no such resource, a malformed request) stays as it is, however often it is tried.
 */
export const isTransient = (error: unknown): boolean => {
  const {
    name = '',
    $metadata,
    $retryable,
  } = error as {
    name?: string;
    $metadata?: { httpStatusCode?: number };
    $retryable?: unknown;
  };
  const status = $metadata?.httpStatusCode;
  if (status === undefined)
    return !(error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError);
  return (
    status >= 500 ||
    status === 429 ||
    $retryable !== undefined ||
    /Throttl|ThroughputExceeded|LimitExceeded|ServiceUnavailable/.test(name)
  );
};
