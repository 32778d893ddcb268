import { type AwsTarget, CommandError, unreachable } from '@acme/command-kit';

/** What went wrong with a lake, in one line, and what to do about it. */
export const explained = (error: Error, target: AwsTarget): string => {
  if (error instanceof CommandError) return error.message;
  const { stage, client } = target;
  const place = stage === 'local' ? `the platform at ${client.endpoint ?? 'AWS_ENDPOINT_URL'}` : `stage ${stage}`;
  switch (error.name) {
    case 'ParameterNotFound':
      return `${place} has no lake: deploy lake-loader first`;
    case 'NoSuchBucket':
      return `the bucket of the lake is gone from ${place}: deploy lake-loader again`;
    case 'AccessDenied':
    case 'AccessDeniedException':
      return `${place} does not let these credentials write to the lake: ${error.message}`;
  }
  return unreachable(error, target) ?? `could not seed ${place}: ${error.name}: ${error.message}`;
};
