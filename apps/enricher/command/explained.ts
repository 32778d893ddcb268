import { type AwsTarget, unreachable } from '@acme/command-kit';

/** Errors whose messages say all that there is to know. */
const plain = ['BadRowsError', 'ContendedError', 'MissingTableError', 'NoEnricherError'];

/** What went wrong with a command, and what to do about it. @param doing `load`, `repair` */
export const explained = (error: Error, target: AwsTarget, doing: string): string => {
  if (plain.includes(error.name)) return error.message;
  const { stage, client } = target;
  const place = stage === 'local' ? `the platform at ${client.endpoint ?? 'AWS_ENDPOINT_URL'}` : `stage ${stage}`;
  switch (error.name) {
    case 'HeldBackError':
      return `DynamoDB holds back what it is asked for, in ${place}: run the same command again, it goes on where it was`;
    case 'ResourceNotFoundException':
      return `${place} has no lookup tables: deploy enricher first`;
    case 'ParameterNotFound':
    case 'NoSuchBucket':
      return `${place} has no lake: deploy lake-loader first`;
    case 'ValidationError':
      return `${place} has no stack of the name that --stack gives`;
    case 'AccessDenied':
    case 'AccessDeniedException':
      return `${place} does not let these credentials ${doing}: ${error.message}`;
  }
  return (
    unreachable(error, target) ??
    `could not ${doing} in ${place}: ${error.name}: ${error.message}; what was written stays, and the same command again goes on`
  );
};
