import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { HeldBackError, lookupTable } from '../load/lookup-table.ts';
import { BadRowsError } from '../load/problem.ts';
import { explained } from './explained.ts';

const client = { region: 'us-west-2', endpoint: 'http://127.0.0.1:1' };
const laptop = { stage: 'local', client };
const named = (name: string, message = 'no') => Object.assign(new Error(message), { name });

describe('what is said when a command fails', () => {
  it('is that nothing answers, at once, and how to start it', async () => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const nobody = new DynamoDBClient({ ...client, credentials, maxAttempts: 1 });
    await expect(lookupTable(nobody, 'enricher-titles').read(['ttl-0001'])).rejects.toThrow(/ECONNREFUSED/);
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(explained(refused, laptop, 'load')).toBe(
      'nothing answers at http://127.0.0.1:1: start the platform with npm start, or name the folder that it runs on with --dir',
    );
  });

  it.each([
    [
      'bad rows',
      new BadRowsError('a.csv', [{ line: 3, field: 'country', reason: 'is missing' }]),
      /^a.csv:3: country is missing\n/,
    ],
    ['what is held back', new HeldBackError(7, { cause: undefined }), /run the same command again/],
    [
      'ResourceNotFoundException',
      named('ResourceNotFoundException'),
      'stage prod has no lookup tables: deploy enricher first',
    ],
    ['ParameterNotFound', named('ParameterNotFound'), 'stage prod has no lake: deploy lake-loader first'],
    ['ValidationError', named('ValidationError'), 'stage prod has no stack of the name that --stack gives'],
    [
      'AccessDeniedException',
      named('AccessDeniedException', 'not you'),
      'stage prod does not let these credentials load: not you',
    ],
    [
      'Strange',
      named('Strange'),
      'could not load in stage prod: Strange: no; what was written stays, and the same command again goes on',
    ],
  ] as const)('is what to do about %s', (_, error, words) => {
    const said = explained(error, { stage: 'prod', client: { region: 'us-west-2' } }, 'load');
    if (typeof words === 'string') expect(said).toBe(words);
    else expect(said).toMatch(words);
  });
});
