import { describe, expect, it } from '@jest/globals';
import { recordFilter } from './record-filter.ts';

const aRecord = (data: string, partitionKey = '1') => ({
  partitionKey,
  sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
  arrivalMs: 1545084650987,
  data64: Buffer.from(data).toString('base64'),
});

const matches = (pattern: object, record: ReturnType<typeof aRecord>): boolean =>
  recordFilter([JSON.stringify(pattern)])?.(record) ?? true;

/** Whether a rule fits a field's value, given as JSON text; undefined leaves the field out. */
const fits = (rules: unknown, value: string | undefined): boolean => {
  const data = value === undefined ? '{"other":1}' : `{"field":${value}}`;
  return recordFilter([`{"data":{"field":${JSON.stringify(rules)}}}`])?.(aRecord(data)) ?? true;
};

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
describe('a filter rule', () => {
  it.each<[string, unknown, (string | undefined)[], (string | undefined)[]]>([
    ['null', [null], ['null'], ['""', '0', undefined]],
    ['empty', [''], ['""'], ['null', '" "', undefined]],
    ['equals', ['Alice'], ['"Alice"', '["Bob","Alice"]'], ['"alice"', '["Bob"]', '{"a":"Alice"}', undefined]],
    ['equals of a boolean', [true], ['true'], ['false', '"true"']],
    ['equals (ignore case)', [{ 'equals-ignore-case': 'alice' }], ['"ALICE"'], ['"Bob"', '1']],
    ['or', ['Credit', 'Debit'], ['"Credit"', '"Debit"'], ['"Cash"']],
    ['not', [{ 'anything-but': ['Raining'] }], ['"Sunny"', '1'], ['"Raining"', undefined]],
    ['not, of one', [{ 'anything-but': 'Raining' }], ['"Sunny"'], ['"Raining"']],
    ['numeric (equals)', [{ numeric: ['=', 100] }], ['100', '100.0', '1e2'], ['101', '"100"']],
    ['numeric (range)', [{ numeric: ['>', 10, '<=', 20] }], ['10.5', '20'], ['10', '20.1', 'null']],
    ['exists', [{ exists: true }], ['null', '0', '[]'], [undefined, '{"leaf":1}']],
    ['does not exist', [{ exists: false }], [undefined], ['null', '0']],
    ['begins with', [{ prefix: 'us-' }], ['"us-west-2"'], ['"eu-us-"', '1']],
    ['ends with', [{ suffix: '.png' }], ['"a.png"'], ['"a.png.zip"', 'null']],
  ])('%s fits what it says and nothing else', (_, rules, fitting, others) => {
    expect(fitting.map((value) => fits(rules, value))).toEqual(fitting.map(() => true));
    expect(others.map((value) => fits(rules, value))).toEqual(others.map(() => false));
  });

  it('compares numbers as they are written: 300, 300.0 and 3.0e2 are not equal', () => {
    expect(['300', '300.0', '3.0e2'].map((written) => fits([300], written))).toEqual([true, false, false]);
  });

  it('wants all fields of a pattern, and one of the patterns under $or', () => {
    const and = { data: { Location: ['New York'], Day: ['Monday'] } };
    const or = { data: { $or: [{ Location: ['New York'] }, { Day: ['Monday'] }] } };
    const monday = aRecord('{"Location":"Paris","Day":"Monday"}');
    expect([matches(and, monday), matches(or, monday)]).toEqual([false, true]);
    expect(matches(and, aRecord('{"Location":"New York","Day":"Monday"}'))).toBe(true);
    expect(matches(or, aRecord('{"Location":"Paris","Day":"Friday"}'))).toBe(false);
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html
describe('a record', () => {
  const buys = { data: { order: { type: ['buy'] } } };

  it('goes to the function when its data matches the pattern, at any depth', () => {
    expect(matches(buys, aRecord('{"record":12345,"order":{"type":"buy","stock":"ANYCO"}}'))).toBe(true);
    expect(matches(buys, aRecord('{"record":12345,"order":{"type":"sell"}}'))).toBe(false);
  });

  it('is dropped by a pattern for data when its data is not JSON, as packed events are', () => {
    const missing = { data: { type: [{ exists: false }] } };
    expect(['plain text', '', '{"type":"buy"}\n{"type":"buy"}\n'].map((data) => matches(buys, aRecord(data)))).toEqual([
      false,
      false,
      false,
    ]);
    expect([matches(missing, aRecord('plain text')), matches(missing, aRecord('5'))]).toEqual([false, true]);
  });

  it('is judged by its other properties alone when the pattern has none for data', () => {
    expect(matches({ partitionKey: ['1'] }, aRecord('plain text', '1'))).toBe(true);
    expect(matches({ partitionKey: ['1'] }, aRecord('{}', '2'))).toBe(false);
    expect(matches({ partitionKey: ['1'], ...buys }, aRecord('{"order":{"type":"buy"}}', '2'))).toBe(false);
  });

  it('goes when one of the filters matches, and always when there is none', () => {
    const [buy, sell] = ['buy', 'sell'].map((type) => JSON.stringify({ data: { type: [type] } })) as [string, string];
    const filter = recordFilter([buy, sell]);
    expect(['buy', 'sell', 'hold'].map((type) => filter?.(aRecord(`{"type":"${type}"}`)))).toEqual([true, true, false]);
    expect(recordFilter([])).toBeUndefined();
  });
});

describe('a filter pattern', () => {
  it.each([
    ['{"data":["plain text"]}', 'Kinesis data is filtered as JSON only'],
    ['not JSON', 'a filter pattern is a JSON object'],
    ['{}', 'at least one field'],
    ['{"data":{}}', 'at least one field'],
    ['{"body":{"a":[1]}}', 'a pattern has data, or partitionKey'],
    ['{"data":{"a":[]}}', 'a list of at least one rule'],
    ['{"data":{"a":"b"}}', 'a list of at least one rule'],
    ['{"data":{"a":[{"wildcard":"x*"}]}}', 'a rule is a value or one of prefix'],
    ['{"data":{"a":[{"numeric":["between",1]}]}}', 'numeric is a list of a comparison and a number'],
    ['{"data":{"a":[{"exists":1}]}}', 'exists is true or false'],
    ['{"data":{"$or":[{"a":[1]}]}}', '$or is a list of at least two patterns'],
  ])('is refused when it is %s', (pattern, message) => {
    expect(() => recordFilter([pattern])).toThrow(message);
  });
});
