import { describe, expect, it } from '@jest/globals';
import { outcomeOf } from './outcome.ts';

const sequenceNumbers = ['10', '11', '12', '13'];
const answered = (payload: string, reports = true) => outcomeOf({ requestId: 'r', payload }, sequenceNumbers, reports);
const failing = (...identifiers: unknown[]) =>
  JSON.stringify({ batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) });

// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
describe('what a function answers to a batch', () => {
  it.each([
    ['an empty list', '{"batchItemFailures":[]}'],
    ['a null list', '{"batchItemFailures":null}'],
    ['an empty response', '{}'],
    ['a null response', 'null'],
    ['no response', ''],
  ])('is a success when it is %s', (_, payload) => {
    expect(answered(payload)).toEqual({ done: 4 });
  });

  it.each([
    ['an empty itemIdentifier', failing('')],
    ['a null itemIdentifier', failing('12', null)],
    ['an itemIdentifier that is no text', failing(12)],
    ['a wrong key', '{"batchItemFailures":[{"id":"12"}]}'],
    ['items that are no objects', '{"batchItemFailures":["12"]}'],
    ['a list that is none', '{"batchItemFailures":"12"}'],
    ['text', '"done"'],
    ['no JSON', 'done'],
  ])('fails the whole batch when it has %s', (_, payload) => {
    expect(answered(payload)).toEqual({ done: 0, failure: 'the function answered no proper batchItemFailures' });
  });

  it('fails the whole batch when it names a record that is not in it', () => {
    expect(answered(failing('12', '99'))).toEqual({
      done: 0,
      failure: 'the function reported a record that is not in the batch',
    });
  });

  it('has everything from the lowest reported record on come again', () => {
    expect(answered(failing('13', '12'))).toEqual({ done: 2, failure: 'the function reported 2 failed' });
    expect(answered(failing('10'))).toEqual({ done: 0, failure: 'the function reported 1 failed' });
  });

  it('is not looked at without ReportBatchItemFailures', () => {
    expect(answered(failing('12'), false)).toEqual({ done: 4 });
  });

  it('is a failure when the function failed, whatever it answered', () => {
    const invocation = { requestId: 'r', payload: '{"batchItemFailures":[]}', functionError: 'Unhandled' } as const;
    expect(outcomeOf(invocation, sequenceNumbers, true)).toEqual({ done: 0, failure: 'the function failed' });
  });
});
