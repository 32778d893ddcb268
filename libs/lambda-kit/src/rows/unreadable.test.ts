import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { rowRules } from './columns.ts';
import { mostLineBytes } from './object-lines.ts';
import { judgedLines, unreadableIn, unreadableLine } from './unreadable.ts';

const rules = rowRules('streaming_events');
const good = (id: string): string => `{"event_id":"${id}","event_timestamp":"2026-11-21T09:30:00Z"}\n`;

/** The bytes of an object, so many at a time. */
async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const findingsIn = async (key: string, bytes: Buffer, pieceBytes = 64): Promise<string[]> => {
  const lines: string[] = [];
  for await (const each of unreadableIn({ key, bytes: inPieces(bytes, pieceBytes) }, rules))
    lines.push(unreadableLine(each));
  return lines;
};
const many = gzipSync(Array.from({ length: 2_000 }, (_, at) => good(`e${Math.sin(at)}`)).join(''));
const withByte = (bytes: Buffer, at: number, change: number): Buffer => {
  const changed = Buffer.from(bytes);
  const index = at < 0 ? bytes.length + at : at;
  changed[index] = (changed[index] as number) ^ change;
  return changed;
};

describe('what cannot be read of an object', () => {
  it.each([1, 7, 100, 10_000])('is each bad line by its number, read %d bytes at a time', async (pieceBytes) => {
    const text = `${good('e1')}garbage\n\n  \r\n${good('é2')}{"event_id":"e3"\n${good('e4')}[]`;
    const findings = [
      'a.gz line 2: it is no JSON',
      'a.gz line 6: its JSON is cut off',
      'a.gz line 8: it is JSON, but no object',
    ];
    expect(await findingsIn('a.gz', gzipSync(text), pieceBytes)).toEqual(findings);
    expect(await findingsIn('a', Buffer.from(text), pieceBytes)).toEqual(
      findings.map((line) => line.replace('.gz', '')),
    );
  });

  it.each([
    ['nothing wrong', gzipSync(good('e1')), []],
    ['several gzips, one after the other', Buffer.concat([gzipSync(good('e1')), gzipSync(good('e2'))]), []],
    ['no byte at all', Buffer.alloc(0), []],
    ['plain text', Buffer.from(good('e1')), ['a.gz: it is no gzip, as its name says']],
    ['zeros', Buffer.alloc(50), ['a.gz: it is no gzip, as its name says']],
    ['one byte', many.subarray(0, 1), ['a.gz: its gzip is cut off']],
    ['no last byte', many.subarray(0, -1), ['a.gz: its gzip is cut off']],
    ['a wrong checksum', withByte(many, -8, 4), ['a.gz: the checksum of its gzip does not match']],
    ['a wrong length', withByte(many, -1, 4), ['a.gz: the length in its gzip does not match']],
    [
      'garbage behind it',
      Buffer.concat([many, Buffer.from('garbage')]),
      ['a.gz: something follows the end of its gzip'],
    ],
  ])('is the object when it is gzip with %s', async (_, bytes, findings) => {
    expect(await findingsIn('a.gz', bytes)).toEqual(findings);
    expect(await findingsIn('a.gz', bytes, 1 << 20)).toEqual(findings);
  });

  it('is the object, after lines that look bad because of it, when its gzip breaks off or a bit of it has flipped', async () => {
    expect((await findingsIn('a.gz', many.subarray(0, many.length / 2))).at(-1)).toBe('a.gz: its gzip is cut off');
    for (let at = 20; at < many.length - 8; at += 997)
      expect((await findingsIn('a.gz', withByte(many, at, 16))).at(-1)).toMatch(/^a\.gz: .*gzip/);
  });

  it('is a line without an end, of which no more than the longest line is kept', async () => {
    const bytes = Buffer.concat([
      Buffer.from(good('e1')),
      Buffer.alloc(mostLineBytes + 10, 'x'),
      Buffer.from(`\n${good('e2')}`),
    ]);
    const kept: number[] = [];
    for await (const lines of judgedLines({ key: 'a', bytes: inPieces(bytes, 1 << 20) }, rules))
      kept.push(...lines.map((line) => line.bytes.length));
    expect(await findingsIn('a', bytes, 1 << 20)).toEqual(['a line 2: it is longer than 16 MiB']);
    expect(kept).toEqual([good('e1').length - 1, mostLineBytes, good('e2').length - 1]);
  });

  it('is not what its source fails with: that is thrown', async () => {
    const failing = async function* () {
      yield many.subarray(0, 100);
      throw new Error('the connection is gone');
    };
    const read = async () => {
      for await (const each of unreadableIn({ key: 'a.gz', bytes: failing() }, rules)) void each;
    };
    await expect(read()).rejects.toThrow('the connection is gone');
  });

  it('leaves the good lines around it, with their bytes', async () => {
    const bytes = gzipSync(`${good('e1')}garbage\n${good('e2')}`);
    const judged = [];
    for await (const lines of judgedLines({ key: 'a.gz', bytes: inPieces(bytes, 10) }, rules)) judged.push(...lines);
    expect(judged.map(({ number, bytes: line, flaw }) => [number, `${line}`, flaw?.reason])).toEqual([
      [1, good('e1').trim(), undefined],
      [2, 'garbage', 'it is no JSON'],
      [3, good('e2').trim(), undefined],
    ]);
  });
});
