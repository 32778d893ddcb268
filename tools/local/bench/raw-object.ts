import { gzipSync } from 'node:zlib';
import { type Universe, viewingBytes, type ViewingRange } from '@acme/synthetic';

const perCall = 5_000;

/** The bytes of an object as Firehose leaves them: gzip of newline-delimited events. */
export const rawObject = (universe: Universe, { from, count, clock }: ViewingRange): Buffer => {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < count; at += perCall) {
    const part = { from: from + at, count: Math.min(perCall, count - at), clock };
    parts.push(viewingBytes(universe, part).slice());
  }
  return gzipSync(Buffer.concat(parts), { level: 1 });
};
