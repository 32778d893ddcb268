import { maxEventBytes } from '@acme/telemetry-schema';
import { describe, expect, it } from '@jest/globals';
import { poisonClass } from './poison.ts';

describe('poisonClass', () => {
  it.each([
    ['oversize', 'x'.repeat(maxEventBytes + 1)],
    ['oversize', `"${'é'.repeat(maxEventBytes / 2)}"`],
    ['oversize', Buffer.alloc(maxEventBytes + 1, 0xff)],
    ['undecodable', Buffer.from([0x22, 0xff, 0x22])],
    ['undecodable', '{"event_id": '],
    ['undecodable', ''],
    ['schema', '{"event_type":"rewind"}'],
    ['schema', 'null'],
    ['schema', '\ufeff{"event_type":"rewind"}'],
    ['undecodable', '\ufeff\ufeff{}'],
    ['schema', `"${'x'.repeat(maxEventBytes - 2)}"`],
  ])('calls it %s', (kind, raw) => {
    expect(poisonClass(raw)).toBe(kind);
  });
});
