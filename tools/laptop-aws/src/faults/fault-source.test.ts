import { describe, expect, it } from '@jest/globals';
import { type FaultOptions, faultSource } from './fault-source.ts';
import type { FaultKind } from './fault-kinds.ts';

/** Of 200 decisions, which strike and with what number. */
const decisions = (options: FaultOptions, kind: FaultKind, between: () => void = () => undefined) => {
  const faults = faultSource(options);
  return Array.from({ length: 200 }, () => {
    between();
    return faults.decide(kind)?.below(1000);
  });
};
const kinds = ['throttle', 's3-error'] as const;

describe('a fault source', () => {
  it('decides the same for the same seed and the same sequence of calls, and otherwise for another seed', () => {
    const first = decisions({ kinds, seed: 7 }, 's3-error');
    expect(decisions({ kinds, seed: 7 }, 's3-error')).toEqual(first);
    expect(decisions({ kinds, seed: 8 }, 's3-error')).not.toEqual(first);
    expect(first.filter((number) => number !== undefined).length).toBeGreaterThan(0);
  });

  it('keeps the kinds apart: what is decided about one does not depend on the others', () => {
    const alone = decisions({ kinds: ['s3-error'], seed: 7 }, 's3-error');
    const other = faultSource({ kinds, seed: 7 });
    expect(decisions({ kinds, seed: 7 }, 's3-error', () => other.decide('throttle'))).toEqual(alone);
    expect(decisions({ kinds, seed: 7, rates: { throttle: 0.05 } }, 'throttle')).not.toEqual(alone);
  });

  it('strikes about as often as it is told', () => {
    const faults = faultSource({ kinds: ['gone'], seed: 1, rates: { gone: 0.25 } });
    const struck = Array.from({ length: 10_000 }, () => faults.decide('gone')).filter(Boolean).length;
    expect(struck).toBeGreaterThan(2300);
    expect(struck).toBeLessThan(2700);
  });

  it('never strikes with what is switched off, and counts what is switched on', () => {
    const faults = faultSource({ kinds: ['gone', 'throttle'], seed: 1, rates: { gone: 1, 's3-error': 1 } });
    expect(faults.decide('s3-error')).toBeUndefined();
    expect([faults.has('gone', 's3-error'), faults.has('s3-error')]).toEqual([true, false]);
    faults.struck('gone');
    faults.struck('gone');
    expect(faults.counts()).toEqual({ throttle: 0, gone: 2 });
  });
});
