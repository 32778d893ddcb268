import { ExactNumber, isObject, type ExactJson } from './exact-json.ts';

/** Whether the value of one field fits; undefined is a field that is not there. */
export type FilterRule = (value: ExactJson | undefined) => boolean;

/** A filter pattern that Lambda would refuse, and what of it. */
export class FilterPatternError extends Error {
  override readonly name = 'FilterPatternError';
}

/**
 * One rule of a pattern, as the table in
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax has them: a value that
 * must be equal, character by character ("for numbers, Lambda also uses string representation"), or one operator.
 *
 * @throws FilterPatternError for what that table does not have
 */
export const filterRule = (rule: ExactJson): FilterRule => {
  if (!isObject(rule)) return ofAny(equalTo(rule));
  const [[operator, operand] = ['', null], ...others] = Object.entries(rule);
  const make = operators[operator];
  if (!make || others.length > 0) {
    throw new FilterPatternError(`a rule is a value or one of ${Object.keys(operators).join(', ')}`);
  }
  return make(operand);
};

const operators: Readonly<Record<string, (operand: ExactJson) => FilterRule>> = {
  prefix: (operand) => ofText(operand, 'prefix', (text, prefix) => text.startsWith(prefix)),
  suffix: (operand) => ofText(operand, 'suffix', (text, suffix) => text.endsWith(suffix)),
  'equals-ignore-case': (operand) =>
    ofText(operand, 'equals-ignore-case', (text, other) => text.toLowerCase() === other.toLowerCase()),
  'anything-but': (operand) => {
    const excluded = (Array.isArray(operand) ? operand : [operand]).map(equalTo);
    return ofAny((value) => value !== null && !excluded.some((equals) => equals(value)));
  },
  exists: (operand) => {
    if (typeof operand !== 'boolean') throw new FilterPatternError('exists is true or false');
    // "Exists" looks at leaves alone: an object is none.
    return (value) => (value !== undefined && !isObject(value)) === operand;
  },
  numeric: (operand) => {
    const inRange = numericRange(operand);
    return ofAny((value) => value instanceof ExactNumber && inRange(value.value));
  },
};

const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** `["=", 100]`, or `[">", 10, "<=", 20]`. */
const numericRange = (operand: ExactJson): ((value: number) => boolean) => {
  const parts = Array.isArray(operand) ? (operand as readonly ExactJson[]) : [];
  const bad = new FilterPatternError('numeric is a list of a comparison and a number, once or twice');
  if (parts.length !== 2 && parts.length !== 4) throw bad;
  const bounds = Array.from({ length: parts.length / 2 }, (_, at) => {
    const [comparison, limit] = parts.slice(at * 2, at * 2 + 2);
    const compare = typeof comparison === 'string' ? comparisons[comparison] : undefined;
    if (!compare || !(limit instanceof ExactNumber)) throw bad;
    return (value: number) => compare(value, limit.value);
  });
  return (value) => bounds.every((holds) => holds(value));
};

const equalTo =
  (wanted: ExactJson) =>
  (value: ExactJson): boolean =>
    wanted instanceof ExactNumber ? value instanceof ExactNumber && value.text === wanted.text : value === wanted;

const ofText = (operand: ExactJson, name: string, fits: (text: string, operand: string) => boolean): FilterRule => {
  if (typeof operand !== 'string') throw new FilterPatternError(`${name} is a text`);
  return ofAny((value) => typeof value === 'string' && fits(value, operand));
};

/** As in EventBridge, a list in the data fits when one of its elements does. */
const ofAny =
  (fits: (value: ExactJson) => boolean): FilterRule =>
  (value) => {
    if (value === undefined || isObject(value)) return false;
    return Array.isArray(value) ? value.some((each: ExactJson) => !isObject(each) && fits(each)) : fits(value);
  };
