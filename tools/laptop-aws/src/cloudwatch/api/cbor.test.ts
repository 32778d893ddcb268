import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { cborProtocol } from './cbor.ts';

describe('a body of CBOR', () => {
  it('holds texts that begin with U+FEFF as they are, short and long', () => {
    const input = { Namespace: '\ufeffx', '\ufeffkey': `\ufeff${'long '.repeat(100)}` };
    const body = Buffer.from(cborProtocol.write('PutMetricData', input, 'some-id'));
    expect(cborProtocol.read(body, {} as IncomingMessage)).toEqual(input);
  });
});
