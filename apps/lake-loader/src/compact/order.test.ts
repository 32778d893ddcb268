import { describe, expect, it } from '@jest/globals';
import { Order, spanOf } from './order.ts';

const now = Date.parse('2026-11-21T12:34:56Z');

describe('an order of compaction', () => {
  it('means, with nothing given, all that has landed, the hour that is filling included', () => {
    expect(spanOf(Order.parse({}), now)).toEqual({ fromMs: 0, toMs: now, again: false });
  });

  it('means, on schedule, the hours that were over at the scheduled time, however late it runs', () => {
    expect(spanOf(Order.parse({ scheduledTime: '2026-11-21T12:20:00Z' }), now)).toEqual({
      fromMs: 0,
      toMs: Date.parse('2026-11-21T12:00:00Z'),
      again: false,
    });
  });

  it('does whole hours again when asked to, up to now when no end is given', () => {
    expect(spanOf(Order.parse({ from: '2026-11-20T09:30:00Z', to: '2026-11-20T11:00:00Z' }), now)).toEqual({
      fromMs: Date.parse('2026-11-20T09:00:00Z'),
      toMs: Date.parse('2026-11-20T11:00:00Z'),
      again: true,
    });
    expect(spanOf(Order.parse({ from: '2026-11-20T09:00:00Z' }), now).toMs).toBe(now);
  });

  it.each([
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-11-21T12:00:00Z', to: '2026-11-21T11:00:00Z' }, 'from must lie before to'],
    [{ to: '2026-11-21T11:00:00Z' }, 'to needs a from'],
  ])('refuses %j', (order, reason) => {
    const { error } = Order.safeParse(order);
    expect(`${error?.issues[0]?.path.join('.')} ${error?.issues[0]?.message}`).toContain(reason);
  });
});
