import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { answerView, costText, mostRowsShown } from './answer-view.ts';

const columns = [
  { name: 'title', type: 'VARCHAR' },
  { name: 'seconds', type: 'BIGINT' },
];
const file = new PassThrough();

describe('answerView', () => {
  it('ends with rows, time and bytes', () => {
    const rows = [{ title: 'M', seconds: 12 }];
    expect(answerView({ columns, rows, elapsedMs: 1234, bytesScanned: 1_234_567 }, file)).toBe(
      'title  seconds\n─────  ───────\nM           12\n\n1 row in 1.23 s, 1.23 MB read\n',
    );
  });

  it('says how to get the rows that it leaves out', () => {
    const rows = Array.from({ length: mostRowsShown + 1 }, (_, seconds) => ({ title: 'M', seconds }));
    const lines = answerView({ columns, rows, elapsedMs: 0 }, file).split('\n');
    expect([lines.length, lines.at(-2)]).toEqual([
      1000 + 5,
      '1,000 rows in 0.00 s, and there are more: add LIMIT, or --csv or --json for all',
    ]);
  });

  it('cuts to the width of a terminal, and says which columns it leaves out; a file has them all', () => {
    const rows = [{ title: 'A very long title indeed', seconds: null }];
    const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 12 });
    const text = answerView({ columns, rows, elapsedMs: 10, bytesScanned: 0 }, terminal);
    expect(text.replace(/\u001b\[\d+m/g, '').split('\n')).toEqual([
      'title',
      '────────────',
      'A very long…',
      '',
      '1 row in 0.01 s, 0 bytes read',
      'One column has no room here: seconds',
      '',
    ]);
    expect(answerView({ columns, rows, elapsedMs: 10 }, Object.assign(new PassThrough(), { columns: 12 }))).toContain(
      'indeed        ∅',
    );
  });
});

describe('costText', () => {
  it.each([
    [999, '999 bytes'],
    [1000, '1 KB'],
    [15_300, '15.3 KB'],
    [2_000_000_000, '2 GB'],
    [1e16, '10000 TB'],
  ])('%p bytes are %p', (bytesScanned, text) => {
    expect(costText({ elapsedMs: 5, bytesScanned })).toBe(`0.01 s, ${text} read`);
  });
});
