import type { JsonSchema } from '../src/json-schema.ts';

/** What became of one field's rules, each in words that read on from its name. */
export interface RuleChanges {
  /** What was of one type is of another. */
  readonly retyped: readonly string[];
  /** What was allowed is refused. */
  readonly narrowed: readonly string[];
  /** What was refused is allowed. */
  readonly widened: readonly string[];
}

/** Compares the rules of a field as published with those it has now. A rule it cannot judge counts as narrowed. */
export const compareRules = (before: JsonSchema, now: JsonSchema): RuleChanges => {
  if (before.type !== now.type) {
    return { retyped: [`is of type ${String(now.type)}, was ${String(before.type)}`], narrowed: [], widened: [] };
  }
  const judged = keywordsOf(before, now).map((keyword) => judge(keyword, before, now));
  const items = compareItems(before.items, now.items);
  return {
    retyped: items.retyped,
    narrowed: [...judged.flatMap(({ narrowed }) => narrowed), ...items.narrowed],
    widened: [...judged.flatMap(({ widened }) => widened), ...items.widened],
  };
};

type Judged = Pick<RuleChanges, 'narrowed' | 'widened'>;
const unchanged: Judged = { narrowed: [], widened: [] };

const keywordsOf = (...rules: readonly JsonSchema[]): string[] => {
  const given = new Set(rules.flatMap((rule) => Object.keys(rule)).map((key) => (key === 'const' ? 'enum' : key)));
  return [...given].filter((keyword) => keyword !== 'type' && keyword !== 'items');
};

const upper: Readonly<Record<string, string>> = {
  maximum: '',
  exclusiveMaximum: ', itself left out',
  maxLength: ' characters',
  maxItems: ' items',
};
const lower: Readonly<Record<string, string>> = {
  minimum: '',
  exclusiveMinimum: ', itself left out',
  minLength: ' characters',
  minItems: ' items',
};

const judge = (keyword: string, before: JsonSchema, now: JsonSchema): Judged => {
  if (keyword === 'enum') return judgeValues(valuesOf(before), valuesOf(now));
  const [was, is] = [before[keyword], now[keyword]];
  if (JSON.stringify(was) === JSON.stringify(is)) return unchanged;
  if (keyword in upper) return judgeBound('most', upper[keyword] ?? '', was as number, is as number);
  if (keyword in lower) return judgeBound('least', lower[keyword] ?? '', was as number, is as number);
  if (keyword === 'pattern' && allowsAllOf(is, was)) {
    return { narrowed: [], widened: [`has the pattern ${JSON.stringify(is)}, had ${JSON.stringify(was)}`] };
  }
  const written = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
  const text = `has the ${keyword} ${written(is)}, had ${written(was)}`;
  return is === undefined ? { narrowed: [], widened: [text] } : { narrowed: [text], widened: [] };
};

/**
 * Whether a pattern allows all that another does, as far as that can be told by looking: both are so many of some
 * characters, `^[A-Za-z0-9._:-]{1,64}$`. Of any other two nothing is known, and the answer is no.
 */
const allowsAllOf = (is: unknown, was: unknown): boolean => {
  const [wide, narrow] = [is, was].map(manyOf);
  if (!wide || !narrow || wide.least > narrow.least || wide.most < narrow.most) return false;
  return ascii.every((character) => !narrow.one.test(character) || wide.one.test(character));
};

const manyOf = (pattern: unknown): { one: RegExp; least: number; most: number } | undefined => {
  const [, one, least, most = least] = /^\^(\[(?!\^)[!-~]+\])\{(\d+)(?:,(\d+))?\}\$$/.exec(String(pattern)) ?? [];
  return one === undefined ? undefined : { one: new RegExp(`^${one}$`), least: Number(least), most: Number(most) };
};

const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

const judgeBound = (side: 'most' | 'least', unit: string, was: number | undefined, is: number | undefined): Judged => {
  const written = (bound: number | undefined): string =>
    bound === undefined ? 'anything' : `at ${side} ${bound}${unit}`;
  const text = `takes ${written(is)}, took ${written(was)}`;
  const unbounded = side === 'most' ? Infinity : -Infinity;
  const narrower = side === 'most' ? (is ?? unbounded) < (was ?? unbounded) : (is ?? unbounded) > (was ?? unbounded);
  return narrower ? { narrowed: [text], widened: [] } : { narrowed: [], widened: [text] };
};

const valuesOf = ({ const: only, enum: several }: JsonSchema): readonly unknown[] | undefined =>
  only === undefined ? several : [only];

const judgeValues = (was: readonly unknown[] | undefined, is: readonly unknown[] | undefined): Judged => {
  if (!was && !is) return unchanged;
  if (!was) return { narrowed: [`takes only ${is?.join(', ')}, took any`], widened: [] };
  if (!is) return { narrowed: [], widened: [`takes any value, took only ${was.join(', ')}`] };
  const gone = was.filter((value) => !is.includes(value));
  const added = is.filter((value) => !was.includes(value));
  return {
    narrowed: gone.length > 0 ? [`takes ${gone.join(', ')} no more`] : [],
    widened: added.length > 0 ? [`takes ${added.join(', ')} too`] : [],
  };
};

const compareItems = (before: JsonSchema['items'], now: JsonSchema['items']): RuleChanges => {
  if (before === undefined && now === undefined) return { retyped: [], ...unchanged };
  const { retyped, narrowed, widened } = compareRules((before ?? {}) as JsonSchema, (now ?? {}) as JsonSchema);
  const ofItems = (texts: readonly string[]): string[] => texts.map((text) => `as an item ${text}`);
  return { retyped: ofItems(retyped), narrowed: ofItems(narrowed), widened: ofItems(widened) };
};
