import { consumersThatTake } from '@acme/stack-contract';
import { expect, it } from '@jest/globals';
import { sinks } from './sinks.ts';

it('every consumer that promises all events is a sink of the audit', () => {
  expect(sinks.map(({ consumer }) => consumer).sort()).toEqual([...consumersThatTake('events')].sort());
});
