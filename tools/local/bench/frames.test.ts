import { eventId } from '@acme/synthetic';
import { describe, expect, it } from '@jest/globals';
import { framesOf, NeverSeenError } from './frames.ts';

const span = { seed: 7, fromMs: 1000, untilMs: 2000 };
const message = (firstArrivalMs: number, newest: number, seed = 7) => ({
  receivedMs: firstArrivalMs + 50,
  data: JSON.stringify({
    kind: 'events',
    total: 500,
    firstArrivalMs,
    lastArrivalMs: firstArrivalMs + 10,
    sample: [{ event_id: eventId(seed, newest) }, { event_id: eventId(seed, newest - 1) }],
  }),
});

describe('framesOf', () => {
  it('takes frames of the span, with the number of their newest event and when they were seen', () => {
    const messages = [
      message(999, 500),
      message(1000, 1000),
      message(2000, 1500),
      { receivedMs: 1, data: '{"kind":"subscribed"}' },
    ];
    expect(framesOf(messages, 'receivedMs', span)).toEqual([
      { total: 500, firstArrivalMs: 1000, lastArrivalMs: 1010, newest: 1000, seenMs: 1050 },
    ]);
  });

  it("leaves out frames of another seed's events", () => {
    expect(framesOf([message(1500, 1000, 8)], 'receivedMs', span)).toEqual([]);
  });

  it('does not pass over a frame that was never drawn', () => {
    expect(() => framesOf([message(1500, 1000)], 'drawnMs', span)).toThrow(NeverSeenError);
    expect(framesOf([{ ...message(1500, 1000), drawnMs: 1800 }], 'drawnMs', span)).toMatchObject([{ seenMs: 1800 }]);
  });
});
