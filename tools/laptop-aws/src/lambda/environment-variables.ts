import type { FunctionSpec } from './functions.ts';
import type { Boot } from './worker/protocol.ts';

/** What Lambda sets itself and lets no template set (Developer Guide, "Defined runtime environment variables"). */
export const reservedVariables: readonly string[] = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
];

/**
 * The whole environment of a function's thread. Nothing of this process's own gets in.
 *
 * @param base the endpoint, region and keys of the platform
 */
export const environmentVariables = (
  { environment, about }: FunctionSpec,
  base: Readonly<Record<string, string>>,
  boot: Boot,
): Record<string, string> => ({
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  ...base,
  ...environment,
  _HANDLER: boot.handler,
  AWS_EXECUTION_ENV: `AWS_Lambda_${about?.runtime ?? 'nodejs24.x'}`,
  AWS_LAMBDA_FUNCTION_NAME: boot.functionName,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(boot.memoryMb),
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: boot.logGroup,
  AWS_LAMBDA_LOG_STREAM_NAME: boot.logStream,
  AWS_LAMBDA_LOG_FORMAT: boot.logFormat,
  AWS_LAMBDA_LOG_LEVEL: boot.logLevel,
  LAMBDA_TASK_ROOT: boot.codeDir,
});
