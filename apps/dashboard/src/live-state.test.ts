import { describe, expect, it } from '@jest/globals';
import { aFrame, aShownEvent } from './frame.fixture.ts';
import { nothing, recentEvents, withClicks, withFilter, withFrame } from './live-state.ts';

describe('what the page knows', () => {
  it('grows with each frame', () => {
    const events = ['c', 'b', 'a'].map((event_id) => aShownEvent({ event_id }));
    const first = withFrame(nothing(0), aFrame({ total: 9, lastArrivalMs: 900, sample: events.slice(2) }), 1000);
    const second = withFrame(
      first,
      aFrame({ total: 3, invalid: 1, missed: 2, lastArrivalMs: 1950, sample: events.slice(0, 2) }),
      2000,
    );
    expect(second).toMatchObject({ sinceMs: 0, received: 12, invalid: 1, missed: 2, delayMs: 50, recent: events });
    expect(second.window.map(({ total }) => total)).toEqual([9, 3]);
  });

  it('counts the clickstream beside the viewing events', () => {
    const clicks = { kind: 'clicks', total: 3, invalid: 0, missed: 0, byType: { click: 2, purchase: 1 } } as const;
    const state = withClicks(withFrame(nothing(0), aFrame(), 1000), clicks, 1000);
    expect(state).toMatchObject({ received: 1, clicks: [{ total: 3, byType: { click: 2, purchase: 1 } }] });
  });

  it('keeps a bounded number of events', () => {
    const sample = Array.from({ length: 20 }, (_, n) => aShownEvent({ event_id: String(n) }));
    let state = nothing(0);
    for (let n = 0; n < 10; n += 1) state = withFrame(state, aFrame({ sample }), 0);
    expect(state.recent).toHaveLength(recentEvents);
  });

  it('keeps the delay it knew when a frame holds no events, and never shows a negative one', () => {
    const state = withFrame(nothing(0), aFrame({ lastArrivalMs: 1500 }), 1000);
    expect(state.delayMs).toBe(0);
    expect(withFrame(state, aFrame({ total: 0, lastArrivalMs: null, sample: [] }), 3000).delayMs).toBe(0);
  });

  it('starts anew with another filter, and goes on with the same', () => {
    const state = withFrame(nothing(0, { event_type: ['start'] }), aFrame(), 1000);
    expect(withFilter(state, { event_type: ['start'] }, 2000)).toBe(state);
    expect(withFilter(state, { event_type: ['stop'] }, 2000)).toEqual(nothing(2000, { event_type: ['stop'] }));
  });
});
