import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import { arn } from '../aws/identity.ts';
import { reservedVariables } from './environment-variables.ts';
import { functionNameOf } from './function-name.ts';
import type { LambdaFunctions } from './open-functions.ts';

const Tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));

const Variables = z
  .record(z.string(), z.coerce.string())
  .refine((variables) => !reservedVariables.some((name) => Object.hasOwn(variables, name)), {
    error: `may not set what Lambda sets itself: ${reservedVariables.join(', ')}`,
  });

const FunctionProperties = z.strictObject({
  FunctionName: z.string().optional(),
  Code: z.strictObject(
    { S3Bucket: z.string(), S3Key: z.string() },
    { error: 'the laptop platform runs code from an asset folder: use Code.fromAsset' },
  ),
  Handler: z.string(),
  Runtime: z.string().startsWith('nodejs', { error: 'the laptop platform runs Node.js functions only' }),
  /** Lambda's defaults (CloudFormation reference, AWS::Lambda::Function). */
  MemorySize: z.coerce.number().int().min(128).max(32_768).default(128),
  Timeout: z.coerce.number().int().min(1).max(900).default(3),
  Environment: z.strictObject({ Variables: Variables.optional() }).optional(),
  Role: z.string().optional(),
  Architectures: z
    .array(z.enum(['arm64', 'x86_64']))
    .max(1)
    .optional(),
  ReservedConcurrentExecutions: z.coerce.number().int().min(0).optional(),
  LoggingConfig: z
    .strictObject({
      LogGroup: z.string().optional(),
      LogFormat: z.enum(['Text', 'JSON']).optional(),
      ApplicationLogLevel: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']).optional(),
      SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).optional(),
    })
    .optional(),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']) }).optional(),
  Description: z.string().optional(),
  Tags: Tags.optional(),
  PackageType: z.literal('Zip').optional(),
  RecursiveLoop: z.enum(['Allow', 'Terminate']).optional(),
  EphemeralStorage: z.strictObject({ Size: z.coerce.number() }).optional(),
  KmsKeyArn: z.string().optional(),
});

const EventInvokeConfigProperties = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(2).optional(),
  MaximumEventAgeInSeconds: z.coerce.number().int().min(60).max(21_600).optional(),
  DestinationConfig: z.looseObject({}).optional(),
});

export interface LambdaResourceOptions {
  /** The folder of an asset in the assembly, by the key that it would have in S3: `<hash>.zip`. */
  readonly assetFolder: (s3Key: string) => string;
}

/** The CloudFormation types of Lambda that act on the laptop; event source mappings are the event source's. */
export const lambdaResources = (functions: LambdaFunctions, { assetFolder }: LambdaResourceOptions): ResourceKinds => ({
  'AWS::Lambda::Function': resourceKind(FunctionProperties, (properties, { generatedName }) => {
    const name = properties.FunctionName ?? generatedName;
    const { LoggingConfig: logging } = properties;
    functions.define({
      name,
      codeDir: assetFolder(properties.Code.S3Key),
      handler: properties.Handler,
      memoryMb: properties.MemorySize,
      timeoutSeconds: properties.Timeout,
      environment: properties.Environment?.Variables ?? {},
      reservedConcurrency: properties.ReservedConcurrentExecutions,
      logging: logging && {
        group: logging.LogGroup,
        format: logging.LogFormat,
        applicationLevel: logging.ApplicationLogLevel,
        systemLevel: logging.SystemLogLevel,
      },
      about: {
        description: properties.Description,
        runtime: properties.Runtime,
        role: properties.Role,
        architecture: properties.Architectures?.[0],
        tracing: properties.TracingConfig?.Mode,
        tags: properties.Tags && Object.fromEntries(properties.Tags.map(({ Key, Value }) => [Key, Value])),
      },
    });
    const notHonoured = [
      ...(properties.TracingConfig?.Mode === 'Active' ? ['TracingConfig: there is no X-Ray here'] : []),
      ...(properties.EphemeralStorage ? ["EphemeralStorage: /tmp is the machine's"] : []),
    ];
    return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) }, notHonoured };
  }),

  'AWS::Lambda::EventInvokeConfig': resourceKind(EventInvokeConfigProperties, (properties, { logicalId }) => {
    const name = functionNameOf(properties.FunctionName);
    functions.configureAsync(name, {
      maximumRetryAttempts: properties.MaximumRetryAttempts,
      maximumEventAgeSeconds: properties.MaximumEventAgeInSeconds,
    });
    const notHonoured = Object.keys(properties.DestinationConfig ?? {}).map((kind) => `DestinationConfig.${kind}`);
    return { ref: logicalId, notHonoured };
  }),
});
