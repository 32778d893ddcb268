import { consumersThatTake } from '@acme/stack-contract';
import { expect, it } from '@jest/globals';
import { consumers } from './consumers.ts';

it('what every consumer promises is looked at', () => {
  expect(consumers.map(({ name }) => name).sort()).toEqual([...consumersThatTake('events', 'records', 'view')].sort());
});

it('a consumer that reads both streams does so by a reader each', () => {
  const auditor = consumers.find(({ name }) => name === 'auditor');
  expect(auditor).toMatchObject({
    takes: 'records',
    reads: { viewing: 'auditor', clickstream: 'clickstream-auditor' },
  });
});
