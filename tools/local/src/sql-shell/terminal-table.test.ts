import { describe, expect, it } from '@jest/globals';
import { terminalTable } from './terminal-table.ts';

const columns = [
  { name: 'title', type: 'VARCHAR' },
  { name: 'seconds', type: 'BIGINT' },
  { name: 'note', type: 'VARCHAR' },
];
const rows = [
  { title: 'The long voyage home', seconds: 5, note: 'of the whole of 1940' },
  { title: 'M', seconds: null, note: null },
];

describe('terminalTable', () => {
  it('aligns numbers to the right and marks NULL', () => {
    expect(terminalTable({ columns, rows })).toEqual({
      text: [
        'title                 seconds  note',
        '────────────────────  ───────  ────────────────────',
        'The long voyage home        5  of the whole of 1940',
        'M                           ∅  ∅',
      ].join('\n'),
      hidden: [],
      hasNull: true,
    });
  });

  it('cuts the widest columns to the width of the terminal', () => {
    expect(terminalTable({ columns, rows }, { width: 38 }).text.split('\n')).toEqual([
      'title           seconds  note',
      '──────────────  ───────  ─────────────',
      'The long voya…        5  of the whole…',
      'M                     ∅  ∅',
    ]);
  });

  it('leaves out the last columns when there is no room for them, and names them', () => {
    const { text, hidden } = terminalTable({ columns, rows }, { width: 20 });
    expect([text.split('\n')[2], hidden]).toEqual(['The long v…        5', ['note']]);
    expect(terminalTable({ columns, rows }, { width: 3 }).text.split('\n')).toEqual(['ti…', '───', 'Th…', 'M']);
  });

  it('paints what it is told to', () => {
    const { text } = terminalTable(
      { columns: columns.slice(0, 2), rows: [{ title: 'M', seconds: null }] },
      { paint: (style, painted) => `<${String(style)}>${painted}</>` },
    );
    expect(text.split('\n')).toEqual([
      '<bold>title</>  <bold>seconds</>',
      '<dim>─────  ───────</>',
      'M            <dim>∅</>',
    ]);
  });

  it('shows control characters, and a cell of 60 characters at most', () => {
    const row = { title: `\u001b[2J${'x'.repeat(80)}` };
    expect(terminalTable({ columns: columns.slice(0, 1), rows: [row] }).text.split('\n')[2]).toBe(
      `␛[2J${'x'.repeat(55)}…`,
    );
  });
});
