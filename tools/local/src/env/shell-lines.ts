import { region } from '@acme/laptop-aws/machine';

/** Lines for a POSIX shell that point every AWS SDK and CLI at the platform, and away from any real account. */
export const shellLines = (endpoint: string): string[] => [
  `export AWS_ENDPOINT_URL=${endpoint}`,
  'export AWS_ACCESS_KEY_ID=local',
  'export AWS_SECRET_ACCESS_KEY=local',
  `export AWS_REGION=${region}`,
  `export AWS_DEFAULT_REGION=${region}`,
  'export AWS_EC2_METADATA_DISABLED=true',
  'unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
];
