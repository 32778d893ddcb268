import { account, region } from '../aws/identity.ts';
import type { BuiltResource } from './resource-kind.ts';
import { ssmParameterType, type Stack } from './template.ts';
import { TemplateError, type TemplatePlace } from './template-error.ts';

/** What the values of a template may name: resources built before, and the parameters that stacks published. */
export interface Known {
  resource(logicalId: string): BuiltResource | undefined;
  parameter(name: string): string | undefined;
}

/** What the names of one stack stand for: resources by Ref and Fn::GetAtt, parameters, pseudo parameters. */
export interface Names {
  ref(name: string, place: TemplatePlace): unknown;
  attribute(logicalId: string, name: string, place: TemplatePlace): string;
}

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** What `AWS::NoValue` becomes until the property or list item that holds it is left out. */
export const noValue = Symbol('AWS::NoValue');

export const namesOf = (stack: Stack, known: Known): Names => {
  const { template } = stack;

  const ref = (name: string, place: TemplatePlace): unknown => {
    if (name === 'AWS::NoValue') return noValue;
    if (name === 'AWS::StackName') return stack.name;
    if (name === 'AWS::StackId') return stackId(stack.name);
    if (Object.hasOwn(pseudoParameters, name)) return pseudoParameters[name];
    if (Object.hasOwn(template.Parameters, name)) return parameter(name, place);
    return resource(name, place).ref;
  };

  const parameter = (name: string, place: TemplatePlace): unknown => {
    const { Type: type, Default: byDefault } = template.Parameters[name] as { Type: string; Default?: unknown };
    if (byDefault === undefined) {
      throw new TemplateError(place, `parameter ${name} has no default`, 'give it one in the app');
    }
    if (type !== ssmParameterType) return byDefault;
    const published = known.parameter(String(byDefault));
    if (published !== undefined) return published;
    throw new TemplateError(
      place,
      `no stack publishes the SSM parameter ${String(byDefault)}`,
      'publish it in the app that owns it, or put it with the SSM API and start again',
    );
  };

  const resource = (logicalId: string, place: TemplatePlace): BuiltResource => {
    const declared = template.Resources[logicalId];
    if (!declared) throw new TemplateError(place, `this template has no ${logicalId}`, 'correct the name in the app');
    const built = known.resource(logicalId);
    if (built) return built;
    throw new TemplateError(
      place,
      `${logicalId} is left out by its condition ${declared.Condition ?? ''}`,
      'put what names it under the same condition',
    );
  };

  const attribute = (logicalId: string, name: string, place: TemplatePlace): string => {
    const { attributes = {} } = resource(logicalId, place);
    if (Object.hasOwn(attributes, name)) return attributes[name] as string;
    const type = template.Resources[logicalId]?.Type;
    throw new TemplateError(
      place,
      `${type} has no attribute ${name} on the laptop (it has ${Object.keys(attributes).join(', ') || 'none'})`,
      'add it where that type is built in tools/local/src',
    );
  };

  return { ref, attribute };
};

/** The ARN of a stack, as `AWS::StackId` and the CloudFormation API give it. */
export const stackId = (name: string): string =>
  `arn:aws:cloudformation:${region}:${account}:stack/${name}/00000000-0000-0000-0000-000000000000`;
