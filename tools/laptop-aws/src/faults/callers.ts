import type { IncomingMessage } from 'node:http';

/** Whether a function sends this: AWS clients tell the execution environment that they run in. */
export const isOfFunction = (request: IncomingMessage): boolean => agent(request).includes('exec-env/AWS_Lambda');

/** Whether a person sends this, by the AWS CLI. */
export const isOfCommandLine = (request: IncomingMessage): boolean => agent(request).startsWith('aws-cli/');

const agent = ({ headers }: IncomingMessage): string =>
  headers['user-agent'] ?? String(headers['x-amz-user-agent'] ?? '');
