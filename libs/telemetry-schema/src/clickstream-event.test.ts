import { describe, expect, it } from '@jest/globals';
import {
  ClickstreamEvent,
  clickstreamEventTypes,
  parseClickstreamEvent,
  parseClickstreamLine,
} from './clickstream-event.ts';
import { aClickstreamEvent, arrivedAtMs, examples } from './testing/index.ts';

describe('parseClickstreamEvent', () => {
  it.each(examples.clickstream)('takes only what keeps the rule: $rule', ({ good, bad, problems }) => {
    expect(parseClickstreamEvent(good, arrivedAtMs)).toEqual({ ok: true, value: good });
    expect(parseClickstreamEvent(bad, arrivedAtMs)).toEqual({ ok: false, problems });
  });

  it('has an example of a bad value for every field of every type', () => {
    const shown = new Set(examples.clickstream.flatMap(({ problems }) => problems.map(({ field }) => field)));
    const fields = new Set(ClickstreamEvent.options.flatMap(({ shape }) => Object.keys(shape)));
    expect([...shown].sort()).toEqual(['(event)', ...fields].sort());
  });

  it.each(clickstreamEventTypes)('takes the typical %s event', (type) => {
    const event = aClickstreamEvent(type);
    expect(parseClickstreamEvent(event, arrivedAtMs)).toEqual({ ok: true, value: event });
  });

  it('drops the fields of another type', () => {
    const event = aClickstreamEvent('click');
    expect(parseClickstreamEvent({ ...event, amount: -1 }, arrivedAtMs)).toEqual({ ok: true, value: event });
  });
});

describe('parseClickstreamLine', () => {
  it.each(examples.clickstreamLines)('takes only a line that keeps the rule: $rule', ({ good, bad, problems }) => {
    expect(parseClickstreamLine(good, arrivedAtMs)).toEqual({ ok: true, value: aClickstreamEvent('click') });
    expect(parseClickstreamLine(bad, arrivedAtMs)).toEqual({ ok: false, problems });
  });
});
