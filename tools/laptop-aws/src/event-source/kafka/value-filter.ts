import { isObject, parseExact } from '../filter/exact-json.ts';
import { filterPattern } from '../filter/filter-pattern.ts';
import { FilterPatternError } from '../filter/filter-rule.ts';
import type { KafkaRecord } from './record.ts';

/**
 * Whether a record goes to the function; undefined when there is no pattern, so that all do.
 *
 * By https://docs.aws.amazon.com/lambda/latest/dg/kafka-filtering.html Kafka mappings "only support filtering on the
 * value key", and a record whose value is not JSON is dropped by a pattern that is. Patterns for values of plain text,
 * which that page has too, are not for records that are JSON.
 *
 * @throws FilterPatternError for a pattern that Lambda would refuse, or that is for plain text
 */
export const valueFilter = (
  patterns: readonly string[],
): ((record: Pick<KafkaRecord, 'data'>) => boolean) | undefined => {
  if (patterns.length === 0) return undefined;
  const compiled = patterns.map(compile);
  return ({ data }) => {
    const value = parseExact(data.toString('utf8'));
    return value !== undefined && compiled.some((fits) => fits(isObject(value) ? value : undefined));
  };
};

const compile = (text: string) => {
  const pattern = parseExact(text);
  if (!isObject(pattern)) throw new FilterPatternError('a filter pattern is a JSON object');
  const { value, ...others } = pattern;
  if (Object.keys(others).length > 0 || !isObject(value)) {
    throw new FilterPatternError('a pattern for Kafka has value, a JSON object, and nothing else');
  }
  return filterPattern(value);
};
