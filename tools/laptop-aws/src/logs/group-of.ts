import * as z from 'zod';
import { AwsError } from '../aws/aws-error.ts';
import type { LogGroup } from './log-group.ts';
import type { Logs } from './open-logs.ts';

/** Either way in which a request names its group: by name, or by name or ARN. */
export const groupFields = {
  logGroupName: z.string().optional(),
  logGroupIdentifier: z.string().optional(),
};

/** @throws AwsError ResourceNotFoundException when there is no such group, InvalidParameterException without a name */
export const groupOf = (
  logs: Logs,
  { logGroupName, logGroupIdentifier }: { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined },
): LogGroup => {
  const name = logGroupName ?? logGroupIdentifier?.replace(/^arn:.*?:log-group:/, '').replace(/:\*$/, '');
  if (!name) throw new AwsError('InvalidParameterException', 'one of logGroupName and logGroupIdentifier is needed');
  const group = logs.group(name);
  if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  return group;
};
