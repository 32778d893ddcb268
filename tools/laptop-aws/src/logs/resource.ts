import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import { arn } from '../aws/identity.ts';
import type { Logs } from './open-logs.ts';

const LogGroupProperties = z.strictObject({
  LogGroupName: z.string().optional(),
  RetentionInDays: z.coerce.number().int().min(1).optional(),
  /** The laptop's disk has one key: its owner's. */
  KmsKeyId: z.string().optional(),
  LogGroupClass: z.enum(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']).optional(),
  DeletionProtectionEnabled: z.coerce.boolean().optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
});

const LogStreamProperties = z.strictObject({ LogGroupName: z.string(), LogStreamName: z.string().optional() });

/** The CloudFormation types of CloudWatch Logs that act on the laptop. */
export const logsResources = (logs: Logs): ResourceKinds => ({
  'AWS::Logs::LogGroup': resourceKind(LogGroupProperties, ({ LogGroupName, RetentionInDays }, { generatedName }) => {
    const name = LogGroupName ?? generatedName;
    logs.defineGroup(name, { retentionDays: RetentionInDays });
    return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
  }),
  'AWS::Logs::LogStream': resourceKind(LogStreamProperties, ({ LogGroupName, LogStreamName }, { generatedName }) => {
    const name = LogStreamName ?? generatedName;
    logs.defineStream(LogGroupName, name);
    return { ref: name };
  }),
});
