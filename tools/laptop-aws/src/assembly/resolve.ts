import { substitution } from './references.ts';
import { conditions } from './conditions.ts';
import { type Known, namesOf, noValue } from './names.ts';
import type { Stack } from './template.ts';
import { below, TemplateError, type TemplatePlace } from './template-error.ts';

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

/** Resolves the values of one stack, in the laptop's account and region. */
export const resolver = (stack: Stack, known: Known): Resolver => {
  const { ref, attribute } = namesOf(stack, known);

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
        'use another intrinsic, or add it to tools/laptop-aws/src/assembly/resolve.ts',
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
      const found = stack.template.Mappings[map]?.[first]?.[second];
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
