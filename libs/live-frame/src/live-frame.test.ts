import { describe, expect, it } from '@jest/globals';
import { readMessage } from './index.ts';

describe('what comes over the wire', () => {
  it('reads answers, and the errors of API Gateway itself', () => {
    const filter = { event_type: ['start'] };
    expect(readMessage(JSON.stringify({ kind: 'subscribed', filter }))).toEqual({ kind: 'subscribed', filter });
    expect(readMessage('{"kind":"error","reason":"no","problems":[]}')).toEqual({ kind: 'error', reason: 'no' });
    expect(readMessage('{"message":"Too Many Requests","connectionId":"c"}')).toEqual({
      kind: 'error',
      reason: 'Too Many Requests',
    });
  });

  it('reads counts of the clickstream', () => {
    const frame = { kind: 'clicks', total: 2, invalid: 0, missed: 0, byType: { click: 2 } };
    expect(readMessage(JSON.stringify(frame))).toEqual(frame);
  });

  it.each([
    '{"kind":"clicks"}',
    '',
    'null',
    '7',
    '"events"',
    '{}',
    '{"kind":"events"}',
    '{"kind":"events","total":"many"}',
  ])('takes %j for an error, not for a frame', (text) => {
    expect(readMessage(text)).toEqual({ kind: 'error', reason: 'the server sent something unknown' });
  });
});
