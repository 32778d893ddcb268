import * as z from 'zod';
import { resourceKind, type ResourceKinds } from '../assembly/resource-kind.ts';
import type { Parameters } from './parameters.ts';

const Properties = z.strictObject({
  Name: z.string().optional(),
  Type: z.enum(['String', 'StringList']),
  Value: z.string(),
  Description: z.string().optional(),
  Tier: z.enum(['Standard', 'Advanced', 'Intelligent-Tiering']).optional(),
});

/** What stacks publish to each other. */
export const ssmResources = (parameters: Parameters): ResourceKinds => ({
  'AWS::SSM::Parameter': resourceKind(Properties, ({ Name, Type, Value, Description }, { generatedName }) => {
    const name = Name ?? generatedName;
    parameters.declare({ name, type: Type, value: Value, description: Description });
    return { ref: name, attributes: { Type, Value } };
  }),
});
