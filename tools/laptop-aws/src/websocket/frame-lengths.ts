/**
 * Reads the lengths of the frames that a client sends (RFC 6455, 5.2) from its bytes as they come.
 *
 * @returns takes the next bytes, and gives the lengths of the frames that begin in them
 */
export const frameLengths = (): ((bytes: Buffer) => number[]) => {
  let header = Buffer.alloc(0);
  let payloadLeft = 0;
  return (bytes) => {
    const lengths: number[] = [];
    let at = 0;
    while (at < bytes.length) {
      const skipped = Math.min(payloadLeft, bytes.length - at);
      payloadLeft -= skipped;
      at += skipped;
      if (at === bytes.length) break;
      header = Buffer.concat([header, bytes.subarray(at, ++at)]);
      if (header.length < headerBytes(header)) continue;
      const payload = payloadBytes(header);
      lengths.push(payload);
      payloadLeft = payload;
      header = Buffer.alloc(0);
    }
    return lengths;
  };
};

const shortLength = (header: Buffer): number => (header[1] ?? 0) & 0x7f;

/** Two bytes, then the long forms of the length, then the mask. */
const headerBytes = (header: Buffer): number => {
  if (header.length < 2) return 2;
  const lengthBytes = { 126: 2, 127: 8 }[shortLength(header)] ?? 0;
  return 2 + lengthBytes + ((header[1] ?? 0) & 0x80 ? 4 : 0);
};

const payloadBytes = (header: Buffer): number => {
  const short = shortLength(header);
  if (short === 126) return header.readUInt16BE(2);
  return short === 127 ? Number(header.readBigUInt64BE(2)) : short;
};
