import type { AwsTarget } from '@acme/command-kit';

/** What went wrong with a lake, in one line, and what to do about it. */
export const explained = (error: Error & { readonly code?: string }, { stage, client }: AwsTarget): string => {
  const place = stage === 'local' ? `the platform at ${client.endpoint ?? 'AWS_ENDPOINT_URL'}` : `stage ${stage}`;
  switch (error.name) {
    case 'ParameterNotFound':
      return `${place} has no lake: deploy lake-loader first`;
    case 'NoSuchBucket':
      return `the bucket of the lake is gone from ${place}: deploy lake-loader again`;
    case 'AccessDenied':
    case 'AccessDeniedException':
      return `${place} does not let these credentials write to the lake: ${error.message}`;
    case 'CredentialsProviderError':
      return `there are no AWS credentials for ${place}: ${error.message}`;
  }
  const isUnreachable = error.code !== undefined || error.name === 'TimeoutError';
  return stage === 'local' && isUnreachable
    ? `nothing answers from ${place}: start it with npm start, or name a --stage`
    : `could not seed ${place}: ${error.name}: ${error.message}`;
};
