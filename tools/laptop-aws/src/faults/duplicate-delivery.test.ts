import { describe, expect, it } from '@jest/globals';
import type { Invocation } from '../lambda/functions.ts';
import { openFaults } from './faults.ts';

const faults = () => openFaults({ kinds: ['duplicate-delivery'], seed: 1, rates: { 'duplicate-delivery': 1 } });
const delivered = async (...answers: Omit<Invocation, 'requestId'>[]) => {
  const payloads: string[] = [];
  const invoke = async (_name: string, payload: string): Promise<Invocation> => {
    payloads.push(payload);
    return { requestId: String(payloads.length), ...(answers[payloads.length - 1] ?? { payload: 'null' }) };
  };
  const switches = faults();
  const { requestId } = await switches.deliveries({ invoke }).invoke('tried', 'batch');
  return { payloads, requestId, counts: switches.counts() };
};
const failed = { itemIdentifier: '4959' };

describe('duplicate-delivery', () => {
  it('delivers a batch that succeeded once more, and what comes of that counts', async () => {
    expect(await delivered({ payload: '{"batchItemFailures":[]}' })).toEqual({
      payloads: ['batch', 'batch'],
      requestId: '2',
      counts: { 'duplicate-delivery': 1 },
    });
  });

  it.each([
    { payload: '{"errorMessage":"no"}', functionError: 'Unhandled' } as const,
    { payload: JSON.stringify({ batchItemFailures: [failed] }) },
  ])('leaves a batch alone that comes again anyway: %j', async (answer) => {
    expect(await delivered(answer)).toMatchObject({ payloads: ['batch'], counts: { 'duplicate-delivery': 0 } });
  });
});
