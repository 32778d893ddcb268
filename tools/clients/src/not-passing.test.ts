import { describe, expect, it } from '@jest/globals';
import { surprises } from './not-passing.ts';

const of = { client: 'boto3', version: '1', area: 'S3', title: 'it works' };
const listed = { 'boto3, S3: it works': 'It does not.' };

describe('what is wrong with the cases of a client', () => {
  it('is a case that fails and is not listed', () => {
    expect(surprises([of], {})).toEqual([]);
    expect(surprises([{ ...of, problem: 'broken' }], {})).toEqual(['boto3, S3: it works\n    broken']);
  });

  it('is a case that is listed as failing and passes', () => {
    expect(surprises([{ ...of, problem: 'broken' }], listed)).toEqual([]);
    expect(surprises([of], listed)).toEqual(['boto3, S3: it works\n    passes now: take it off not-passing.ts']);
  });
});
