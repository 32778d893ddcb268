import { isObject, type ExactJson, type ExactObject } from './exact-json.ts';
import { FilterPatternError, filterRule } from './filter-rule.ts';

/** Whether an object fits a pattern; undefined is one that is not there. */
export type FilterPattern = (object: ExactObject | undefined) => boolean;

/**
 * A pattern's fields, all of which must fit: each has a list of rules, one of which must, or is a pattern of its own;
 * of the patterns in a list under `$or`, one must.
 *
 * @throws FilterPatternError
 */
export const filterPattern = (pattern: ExactObject): FilterPattern => {
  const fields = Object.entries(pattern).map(([name, wanted]) =>
    name === '$or' ? anyOf(wanted) : fieldPattern(name, wanted),
  );
  if (fields.length === 0) throw new FilterPatternError('a pattern has at least one field');
  return (object) => fields.every((fits) => fits(object));
};

const fieldPattern = (name: string, wanted: ExactJson): FilterPattern => {
  const valueOf = (object: ExactObject | undefined): ExactJson | undefined =>
    object && Object.hasOwn(object, name) ? object[name] : undefined;
  if (isObject(wanted)) {
    const inner = filterPattern(wanted);
    return (object) => {
      const value = valueOf(object);
      return inner(isObject(value) ? value : undefined);
    };
  }
  if (!Array.isArray(wanted) || wanted.length === 0) {
    throw new FilterPatternError('a field has an object, or a list of at least one rule');
  }
  const rules = wanted.map(filterRule);
  return (object) => {
    const value = valueOf(object);
    return rules.some((fits) => fits(value));
  };
};

const anyOf = (wanted: ExactJson): FilterPattern => {
  if (!Array.isArray(wanted) || wanted.length < 2)
    throw new FilterPatternError('$or is a list of at least two patterns');
  const patterns = wanted.map((each: ExactJson) => {
    if (!isObject(each)) throw new FilterPatternError('$or is a list of at least two patterns');
    return filterPattern(each);
  });
  return (object) => patterns.some((fits) => fits(object));
};
