import { describe, expect, it } from '@jest/globals';
import { type Delivery, fanOut } from './fan-out.ts';

describe('fanOut', () => {
  it('posts every letter with so many under way at most, and keeps their order in its answer', async () => {
    const deliveries: Delivery[] = ['sent', 'gone', 'failed', 'sent', 'sent', 'gone', 'sent'];
    let underWay = 0;
    let most = 0;
    const answers = await fanOut(
      deliveries.map((_, index) => ({ connectionId: String(index), text: '' })),
      async (connectionId) => {
        most = Math.max(most, ++underWay);
        await new Promise(setImmediate);
        underWay -= 1;
        return deliveries[Number(connectionId)] as Delivery;
      },
      3,
    );
    expect(answers).toEqual(deliveries);
    expect(most).toBe(3);
  });
});
