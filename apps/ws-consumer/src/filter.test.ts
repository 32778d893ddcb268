import { describe, expect, it } from '@jest/globals';
import { Filter, matches } from './filter.ts';

const event = { family: 'viewing', eventType: 'pause', deviceType: 'tv' } as const;

describe('a filter', () => {
  it('lets everything pass when it says nothing', () => {
    expect(matches({}, event)).toBe(true);
  });

  it('lets an event pass that fits each field it has', () => {
    expect(matches({ family: 'viewing', event_type: ['start', 'pause'], device_type: ['tv'] }, event)).toBe(true);
    expect(matches({ family: 'clickstream' }, event)).toBe(false);
    expect(matches({ event_type: ['start'] }, event)).toBe(false);
    expect(matches({ event_type: ['pause'], device_type: ['web'] }, event)).toBe(false);
  });

  it.each([
    ['an unknown event type', { event_type: ['fly'] }],
    ['an empty list', { device_type: [] }],
    ['a list that is longer than there are values', { event_type: new Array(100).fill('start') }],
    ['a field that it does not know', { customer_id: ['c'] }],
    ['no object', 'start'],
  ])('refuses %s, and never quotes it', (_what, filter) => {
    const { success, error } = Filter.safeParse(filter);
    expect(success).toBe(false);
    expect(error?.issues[0]?.message).toMatch(/^must be /);
    expect(error?.issues[0]?.message).not.toMatch(/fly|customer_id/);
  });
});
