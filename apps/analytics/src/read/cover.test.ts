import { describe, expect, it } from '@jest/globals';
import { cover } from './cover.ts';

const at = (time: string): number => Date.parse(`2026-11-21T${time}Z`);
const named = (from: string, to: string): readonly string[] => cover({ fromMs: at(from), toMs: at(to) });

describe('cover', () => {
  it('is hours where whole hours fit, minutes around them', () => {
    expect(named('09:58:00', '12:02:00')).toEqual([
      'minute#2026-11-21T09:58',
      'minute#2026-11-21T09:59',
      'hour#2026-11-21T10',
      'hour#2026-11-21T11',
      'minute#2026-11-21T12:00',
      'minute#2026-11-21T12:01',
    ]);
    expect(named('09:58:30', '10:00:59')).toEqual(['minute#2026-11-21T09:58', 'minute#2026-11-21T09:59']);
    expect(named('09:00:00', '10:00:00')).toEqual(['hour#2026-11-21T09']);
    expect(named('09:30:00', '09:30:59')).toEqual([]);
    expect(named('10:00:00', '09:00:00')).toEqual([]);
  });
});
