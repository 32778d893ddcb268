import type { AwsTarget } from '@acme/command-kit';
import { BadRowsError } from './problem.ts';
import { ContendedError } from './load-rows.ts';
import { HeldBackError } from './lookup-table.ts';

/** What went wrong with loading, and what to do about it. */
export const explained = (error: Error & { readonly code?: string }, { stage, client }: AwsTarget): string => {
  if (error instanceof BadRowsError || error instanceof ContendedError || error instanceof HeldBackError)
    return error.message;
  const place = stage === 'local' ? `the platform at ${client.endpoint ?? 'AWS_ENDPOINT_URL'}` : `stage ${stage}`;
  switch (error.name) {
    case 'ResourceNotFoundException':
      return `${place} has no lookup tables: deploy enricher first`;
    case 'AccessDeniedException':
      return `${place} does not let these credentials read and write its lookup tables: ${error.message}`;
    case 'CredentialsProviderError':
      return `there are no AWS credentials for ${place}: ${error.message}`;
  }
  const isUnreachable = error.code !== undefined || error.name === 'TimeoutError';
  return stage === 'local' && isUnreachable
    ? `nothing answers from ${place}: start it with npm start, or name a --stage`
    : `could not load into ${place}: ${error.name}: ${error.message}; what was written stays, and the same command again goes on`;
};
