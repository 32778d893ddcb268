import type { LogRecord } from '../../kinesis/log/log-record.ts';
import { ExactNumber, isObject, parseExact, type ExactJson, type ExactObject } from './exact-json.ts';
import { filterPattern, type FilterPattern } from './filter-pattern.ts';
import { FilterPatternError } from './filter-rule.ts';

/** Whether a record goes to the function. One that does not is done. */
export type RecordFilter = (
  record: Pick<LogRecord, 'partitionKey' | 'sequenceNumber' | 'arrivalMs' | 'data64'>,
) => boolean;

/**
 * The records that one of a mapping's patterns matches; undefined when there is no pattern, so that all do.
 *
 * By https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html a record whose data is not JSON is dropped
 * by a pattern with a `data` field, and a pattern without one looks at the other properties alone. That page also says
 * that Kinesis mappings "only support filtering on the data key"; the other properties are here because its table has
 * them. NDJSON of several events is not JSON.
 *
 * @throws FilterPatternError for a pattern that Lambda would refuse
 */
export const recordFilter = (patterns: readonly string[]): RecordFilter | undefined => {
  if (patterns.length === 0) return undefined;
  const compiled = patterns.map(compile);
  return (record) => {
    let data: ExactJson | undefined | typeof unread = unread;
    return compiled.some(({ properties, looksAtData, data: ofData }) => {
      if (properties && !properties(propertiesOf(record))) return false;
      if (!looksAtData) return true;
      if (data === unread) data = parseExact(Buffer.from(record.data64, 'base64').toString('utf8'));
      return data !== undefined && ofData(isObject(data) ? data : undefined);
    });
  };
};

const unread = Symbol('not read yet');

interface Compiled {
  readonly properties: FilterPattern | undefined;
  readonly looksAtData: boolean;
  readonly data: FilterPattern;
}

const compile = (text: string): Compiled => {
  const pattern = parseExact(text);
  if (!isObject(pattern)) throw new FilterPatternError('a filter pattern is a JSON object');
  const { data, ...properties } = pattern;
  if (data !== undefined && !isObject(data)) {
    throw new FilterPatternError('the pattern of data is a JSON object: Kinesis data is filtered as JSON only');
  }
  const unknown = Object.keys(properties).filter((name) => !knownProperties.includes(name));
  if (unknown.length > 0) throw new FilterPatternError(`a pattern has data, or ${knownProperties.join(', ')}`);
  const named = Object.keys(properties).length > 0;
  if (!named && data === undefined) throw new FilterPatternError('a pattern has at least one field');
  return {
    properties: named ? filterPattern(properties) : undefined,
    looksAtData: data !== undefined,
    data: data === undefined ? () => true : filterPattern(data),
  };
};

const knownProperties = ['partitionKey', 'sequenceNumber', 'approximateArrivalTimestamp', 'kinesisSchemaVersion'];

const propertiesOf = ({ partitionKey, sequenceNumber, arrivalMs }: Parameters<RecordFilter>[0]): ExactObject => ({
  kinesisSchemaVersion: '1.0',
  partitionKey,
  sequenceNumber,
  approximateArrivalTimestamp: new ExactNumber(String(arrivalMs / 1000)),
});
