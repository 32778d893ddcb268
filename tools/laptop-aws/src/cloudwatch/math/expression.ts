import jsep, { type Expression } from 'jsep';
import type { Points } from './points.ts';

/** What an expression of metric math is about. */
export interface Scope {
  /** Of a query of that id; undefined when there is none. */
  value(id: string): Points | undefined;
  /** The periods that FILL fills. */
  readonly times: readonly number[];
}

type Value = number | Points | readonly Points[];
type Evaluate = (scope: Scope) => Value;

const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const aggregates: Readonly<Record<string, (values: readonly number[]) => number>> = {
  MAX: (values) => values.reduce((a, b) => Math.max(a, b)),
  MIN: (values) => values.reduce((a, b) => Math.min(a, b)),
  SUM: sum,
  AVG: (values) => sum(values) / values.length,
};

/**
 * Reads an expression of CloudWatch's metric math, of which are here: + - * / and parentheses, FILL(m, number), and MAX,
 * MIN, SUM, AVG of a list or of one series.
 *
 * @returns its value in a scope: a series, as the last expression of an alarm has to be
 * @throws MetricMathError naming what is not here
 */
export const readExpression = (text: string): ((scope: Scope) => Points) => {
  let parsed: Expression;
  try {
    parsed = jsep(text);
  } catch (cause) {
    throw new MetricMathError('the expression cannot be read', { cause });
  }
  const evaluate = compiled(parsed);
  return (scope) => {
    const value = evaluate(scope);
    if (typeof value === 'number') return new Map(scope.times.map((time) => [time, value]));
    if (value instanceof Map) return value;
    throw new MetricMathError('the expression gives several series');
  };
};

const compiled = (node: Expression): Evaluate => {
  switch (node.type) {
    case 'Literal':
      if (typeof node['value'] === 'number') return () => node['value'] as number;
      break;
    case 'Identifier':
      return (scope) => seriesOf(scope, node['name'] as string);
    case 'UnaryExpression':
      if (node['operator'] === '-') return combined('*', () => -1, compiled(node['argument'] as Expression));
      break;
    case 'BinaryExpression':
      if (Object.hasOwn(operators, node['operator'] as string))
        return combined(
          node['operator'] as string,
          compiled(node['left'] as Expression),
          compiled(node['right'] as Expression),
        );
      throw new MetricMathError(`metric math ${node['operator'] as string} is not here`);
    case 'ArrayExpression': {
      const elements = (node['elements'] as Expression[]).map(compiled);
      return (scope) => elements.map((element) => asSeries(element(scope)));
    }
    case 'CallExpression':
      return called((node['callee'] as Expression)['name'] as string, node['arguments'] as Expression[]);
  }
  throw new MetricMathError(`metric math with a ${node.type} is not here`);
};

const called = (name: string, args: readonly Expression[]): Evaluate => {
  if (name !== 'FILL' && !Object.hasOwn(aggregates, name)) throw new MetricMathError(`metric math ${name} is not here`);
  const [first, second] = args.map(compiled);
  if (name === 'FILL' && first && second && args.length === 2)
    return (scope) => filled(asSeries(first(scope)), second(scope), scope);
  const aggregate = aggregates[name];
  if (!aggregate || !first || args.length !== 1) throw new MetricMathError(`metric math ${name} is not here like this`);
  return (scope) => {
    const value = first(scope);
    if (typeof value === 'number') return value;
    if (value instanceof Map) return value.size === 0 ? new Map() : aggregate([...value.values()]);
    const all = value as readonly Points[];
    const times = new Set(all.flatMap((points) => [...points.keys()]));
    return new Map(
      [...times].map((time) => [time, aggregate(all.flatMap((points) => points.get(time) ?? []))] as const),
    );
  };
};

const filled = (points: Points, filler: Value, { times }: Scope): Points => {
  if (typeof filler !== 'number') throw new MetricMathError('metric math FILL is here with a number only');
  return new Map([...times.map((time) => [time, filler] as const), ...points]);
};

/** Periods that one side has no value for have none in the result; a division by zero gives none either. */
const combined =
  (operator: string, left: Evaluate, right: Evaluate): Evaluate =>
  (scope) => {
    const [a, b] = [left(scope), right(scope)];
    const apply = operators[operator] as (a: number, b: number) => number;
    if (typeof a === 'number' && typeof b === 'number') return apply(a, b);
    const times = typeof a === 'number' ? asSeries(b).keys() : asSeries(a).keys();
    const at = (value: Value, time: number): number | undefined =>
      typeof value === 'number' ? value : asSeries(value).get(time);
    const result = new Map<number, number>();
    for (const time of times) {
      const [x, y] = [at(a, time), at(b, time)];
      const value = x === undefined || y === undefined ? NaN : apply(x, y);
      if (Number.isFinite(value)) result.set(time, value);
    }
    return result;
  };

const seriesOf = (scope: Scope, id: string): Points => {
  const points = scope.value(id);
  if (points) return points;
  throw new MetricMathError('the expression names a query that is not there');
};

const asSeries = (value: Value): Points => {
  if (value instanceof Map) return value;
  throw new MetricMathError('the expression needs a series where it has a number or a list');
};

/** An expression of metric math that the laptop does not evaluate. */
export class MetricMathError extends Error {
  override readonly name = 'MetricMathError';
}
