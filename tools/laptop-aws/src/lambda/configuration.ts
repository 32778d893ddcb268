import { arn } from '../aws/identity.ts';
import type { FunctionSpec } from './functions.ts';

/** A function as GetFunctionConfiguration tells it (Lambda API reference, FunctionConfiguration). */
export const configurationOf = (spec: FunctionSpec) => ({
  FunctionName: spec.name,
  FunctionArn: arn('lambda', `function:${spec.name}`),
  Runtime: spec.about?.runtime ?? 'nodejs24.x',
  Role: spec.about?.role,
  Handler: spec.handler,
  Description: spec.about?.description ?? '',
  Timeout: spec.timeoutSeconds,
  MemorySize: spec.memoryMb,
  Version: '$LATEST',
  Environment: { Variables: spec.environment },
  TracingConfig: { Mode: spec.about?.tracing ?? 'PassThrough' },
  State: 'Active',
  LastUpdateStatus: 'Successful',
  PackageType: 'Zip',
  Architectures: [spec.about?.architecture ?? 'x86_64'],
  EphemeralStorage: { Size: 512 },
  LoggingConfig: {
    LogFormat: spec.logging?.format ?? 'Text',
    ApplicationLogLevel: spec.logging?.applicationLevel,
    SystemLogLevel: spec.logging?.systemLevel,
    LogGroup: spec.logging?.group ?? `/aws/lambda/${spec.name}`,
  },
});
