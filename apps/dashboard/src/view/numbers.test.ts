import { describe, expect, it } from '@jest/globals';
import { count, niceTop, perSecond, span, watched } from './numbers.ts';

describe('numbers for people', () => {
  it('count, rates and spans have the digits that can be read', () => {
    expect([count(1234567), perSecond(0), perSecond(0.333), perSecond(12.6)]).toEqual(['1,234,567', '0', '0.3', '13']);
    expect([span(85), span(1240), span(190_000)]).toEqual(['85 ms', '1.2 s', '3 min']);
    expect([watched(45), watched(725), watched(3729)]).toEqual(['45 s', '12:05', '1:02:09']);
  });

  it('a scale ends at a round number with a whole half', () => {
    expect([0, 1, 2, 3, 7, 10, 11, 2300, 2000, 5001].map(niceTop)).toEqual([2, 2, 2, 4, 8, 10, 20, 3000, 2000, 6000]);
  });
});
