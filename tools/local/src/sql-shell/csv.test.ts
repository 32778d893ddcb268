import { describe, expect, it } from '@jest/globals';
import { csvHeader, csvRows } from './csv.ts';

const columns = ['name', 'a "b"', 'n'].map((name) => ({ name, type: 'VARCHAR' }));

describe('CSV', () => {
  it('quotes what would be read otherwise, and nothing else', () => {
    const rows = [
      { name: 'plain', 'a "b"': 'a, b', n: 1.5 },
      { name: 'say "hi"', 'a "b"': 'two\r\nlines', n: -0.1 },
      { name: '', 'a "b"': null, n: '9007199254740993' },
      { name: ' space', 'a "b"': ['x', 'y'], n: true },
      { name: 'Ünïcode 🎬', 'a "b"': { k: 1 }, n: 0 },
    ];
    expect(csvHeader(columns) + csvRows(columns, rows)).toBe(
      [
        'name,"a ""b""",n',
        'plain,"a, b",1.5',
        '"say ""hi""","two\r\nlines",-0.1',
        '"",,9007199254740993',
        '" space","[""x"",""y""]",true',
        'Ünïcode 🎬,"{""k"":1}",0',
        '',
      ].join('\r\n'),
    );
  });
});
