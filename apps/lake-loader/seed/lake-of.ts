import type { AwsTarget } from '@acme/command-kit';
import { parameterName } from '@acme/stack-contract';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

/** The bucket of the lake, as its owner has published it. */
export const bucketOf = async ({ stage, client }: AwsTarget): Promise<string> => {
  const ssm = new SSMClient(client);
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameterName(stage, 'lakeBucketName') }));
  ssm.destroy();
  return Parameter?.Value as string;
};

/** What went wrong with a lake, for people, and what to do about it. */
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
  if (stage === 'local' && isUnreachable)
    return `nothing answers from ${place}: start it with npm start, or name a --stage`;
  return `could not seed ${place}: ${error.name}: ${error.message}`;
};
