import { account, region } from '../aws/identity.ts';
import { substitution } from './references.ts';
import { conditions } from './conditions.ts';
import type { BuiltResource } from './resource-kind.ts';
import { ssmParameterType, type Stack } from './template.ts';
import { TemplateError, type TemplatePlace } from './template-error.ts';

/** What the values of a template may name: resources built before, and the parameters that stacks published. */
export interface Known {
  resource(logicalId: string): BuiltResource | undefined;
  parameter(name: string): string | undefined;
}

export interface Resolver {
  /**
   * A template value with all intrinsics replaced.
   *
   * @throws TemplateError for an intrinsic, attribute or name that cannot be resolved; it names the place
   */
  value(value: unknown, place: TemplatePlace): unknown;
  /** Whether a condition of the template holds; a thing without one always is. */
  holds(condition: string | undefined): boolean;
}

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** What `AWS::NoValue` becomes until the property or list item that holds it is left out. */
const noValue = Symbol('AWS::NoValue');

/** Resolves the values of one stack, in the laptop's account and region. */
export const resolver = (stack: Stack, known: Known): Resolver => {
  const { template } = stack;

  const value = (given: unknown, place: TemplatePlace): unknown => {
    if (Array.isArray(given)) {
      return given.map((item, index) => value(item, below(place, index))).filter((item) => item !== noValue);
    }
    if (typeof given === 'string') return withoutDynamicReference(given, place);
    if (typeof given !== 'object' || given === null) return given;
    const [intrinsic, argument] = intrinsicIn(given);
    if (intrinsic !== undefined) {
      const resolve = Object.hasOwn(intrinsics, intrinsic) ? intrinsics[intrinsic] : undefined;
      if (resolve) return resolve(argument, below(place, intrinsic));
      throw new TemplateError(
        place,
        `${intrinsic} is not resolved on the laptop`,
        'use another intrinsic, or add it to tools/local/src/assembly/resolve.ts',
      );
    }
    return Object.fromEntries(
      Object.entries(given)
        .map(([key, inner]) => [key, value(inner, below(place, key))] as const)
        .filter(([, inner]) => inner !== noValue),
    );
  };

  const text = (given: unknown, place: TemplatePlace): string => {
    const resolved = value(given, place);
    if (typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean')
      return String(resolved);
    throw new TemplateError(place, 'a text is needed here', 'correct the value in the app');
  };

  const list = (given: unknown, place: TemplatePlace, length?: number): readonly unknown[] => {
    const resolved = Array.isArray(given) ? given : value(given, place);
    if (Array.isArray(resolved) && (length === undefined || resolved.length === length)) return resolved;
    throw new TemplateError(
      place,
      `a list${length === undefined ? '' : ` of ${length}`} is needed here`,
      'correct the value in the app',
    );
  };

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

  const substituted = (argument: unknown, place: TemplatePlace): string => {
    const [template, variables = {}] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
    return text(template, place).replace(substitution, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (Object.hasOwn(variables as object, name)) {
        return text((variables as Record<string, unknown>)[name], below(place, name));
      }
      const [logicalId = '', ...rest] = name.split('.');
      return rest.length > 0 ? attribute(logicalId, rest.join('.'), place) : String(ref(name, place));
    });
  };

  const intrinsics: Readonly<Record<string, (argument: unknown, place: TemplatePlace) => unknown>> = {
    Ref: (argument, place) => ref(String(argument), place),
    'Fn::GetAtt': (argument, place) => {
      const [logicalId, ...name] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
      return attribute(logicalId as string, name.join('.'), place);
    },
    'Fn::Join': (argument, place) => {
      const [separator, parts] = list(argument, place, 2);
      return list(value(parts, place), place)
        .map((part) => text(part, place))
        .join(text(separator, place));
    },
    'Fn::Sub': substituted,
    'Fn::Split': (argument, place) => {
      const [separator, whole] = list(argument, place, 2);
      return text(whole, place).split(text(separator, place));
    },
    'Fn::Select': (argument, place) => {
      const [index, items] = list(argument, place, 2);
      const item = list(items, place)[Number(text(index, place))];
      if (item !== undefined) return value(item, place);
      throw new TemplateError(place, 'the list has no item of that index', 'correct the index in the app');
    },
    'Fn::FindInMap': (argument, place) => {
      const [map = '', first = '', second = ''] = list(argument, place, 3).map((key) => text(key, place));
      const found = template.Mappings[map]?.[first]?.[second];
      if (found !== undefined) return found;
      throw new TemplateError(
        place,
        `Mappings has no ${map}.${first}.${second}`,
        'add it in the app, for the region of the laptop too',
      );
    },
    'Fn::If': (argument, place) => {
      const [condition, whenTrue, whenFalse] = list(argument, place, 3);
      const chosen = given.holds(String(condition), place) ? 1 : 2;
      return value(chosen === 1 ? whenTrue : whenFalse, below(place, chosen));
    },
  };

  const given = conditions(stack, value);
  return { value, holds: (condition) => condition === undefined || given.holds(condition) };
};

/** The ARN of a stack, as `AWS::StackId` and the CloudFormation API give it. */
export const stackId = (name: string): string =>
  `arn:aws:cloudformation:${region}:${account}:stack/${name}/00000000-0000-0000-0000-000000000000`;

const below = (place: TemplatePlace, key: string | number): TemplatePlace => ({
  ...place,
  path: place.path ? `${place.path}.${key}` : String(key),
});

const intrinsicIn = (value: object): readonly [string, unknown] | readonly [] => {
  const entries = Object.entries(value) as [string, unknown][];
  const [only] = entries;
  return entries.length === 1 && only && (only[0] === 'Ref' || only[0].startsWith('Fn::')) ? only : [];
};

const withoutDynamicReference = (value: string, place: TemplatePlace): string => {
  if (!value.includes('{{resolve:')) return value;
  throw new TemplateError(
    place,
    'dynamic references ({{resolve:…}}) are not resolved on the laptop',
    'look the value up as an SSM parameter, or read the secret in the function',
  );
};
