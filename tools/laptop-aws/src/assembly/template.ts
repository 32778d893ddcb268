import * as z from 'zod';

const Resource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .default([])
    .readonly(),
  Condition: z.string().optional(),
  // What follows is for updates and for readers; a laptop's resource is built anew at each start.
  DeletionPolicy: z.unknown().optional(),
  UpdateReplacePolicy: z.unknown().optional(),
  UpdatePolicy: z.unknown().optional(),
  Metadata: z.unknown().optional(),
});

const Output = z.strictObject({
  Value: z.unknown(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
  Export: z.unknown().optional(),
});

/** A CloudFormation template as CDK synthesises it. Strict: a section that is not listed here would change what is built. */
export const Template = z.strictObject({
  AWSTemplateFormatVersion: z.string().optional(),
  Description: z.string().optional(),
  Metadata: z.unknown().optional(),
  Rules: z.unknown().optional(),
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string(), Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), Resource).default({}),
  Outputs: z.record(z.string(), Output).default({}),
});
export type Template = z.infer<typeof Template>;
export type TemplateResource = z.infer<typeof Resource>;

/** One stack of one app, as it would be deployed. */
export interface Stack {
  readonly name: string;
  readonly template: Template;
}

/** The template parameters that a deployment reads from SSM: what `lookUp` makes. */
export const ssmParameterType = 'AWS::SSM::Parameter::Value<String>';
