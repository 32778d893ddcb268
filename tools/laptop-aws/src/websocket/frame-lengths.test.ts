import { describe, expect, it } from '@jest/globals';
import { frameLengths } from './frame-lengths.ts';

const frame = (payloadBytes: number): Buffer => {
  const length =
    payloadBytes < 126
      ? Buffer.from([0x80 | payloadBytes])
      : payloadBytes < 65_536
        ? Buffer.from([0xfe, payloadBytes >> 8, payloadBytes & 0xff])
        : Buffer.concat([Buffer.from([0xff, 0, 0, 0, 0]), Buffer.from(Uint32Array.of(payloadBytes).buffer).reverse()]);
  return Buffer.concat([Buffer.from([0x81]), length, Buffer.alloc(4), Buffer.alloc(payloadBytes, 0xff)]);
};

describe('frameLengths', () => {
  const sizes = [0, 1, 125, 126, 65_535, 65_536, 3];
  const bytes = Buffer.concat(sizes.map(frame));

  it('reads every frame, however its bytes are cut', () => {
    for (const cut of [1, 2, 7, 1000, bytes.length]) {
      const lengthsIn = frameLengths();
      const read: number[] = [];
      for (let at = 0; at < bytes.length; at += cut) read.push(...lengthsIn(bytes.subarray(at, at + cut)));
      expect(read).toEqual(sizes);
    }
  });
});
