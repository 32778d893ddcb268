import { describe, expect, it } from '@jest/globals';
import { statementsOf } from './statements.ts';

describe('statementsOf', () => {
  it.each([
    ['SELECT 1', { complete: [], rest: 'SELECT 1', isOpen: true }],
    ['SELECT 1;', { complete: ['SELECT 1'], rest: '', isOpen: false }],
    ['SELECT 1; SELECT 2; SEL', { complete: ['SELECT 1', 'SELECT 2'], rest: ' SEL', isOpen: true }],
    ["SELECT ';'';' AS x;", { complete: ["SELECT ';'';' AS x"], rest: '', isOpen: false }],
    ["SELECT 'open; ", { complete: [], rest: "SELECT 'open; ", isOpen: true }],
    ['SELECT 1 AS "a;b";\n', { complete: ['SELECT 1 AS "a;b"'], rest: '\n', isOpen: false }],
    ['-- one; two\nSELECT 1;', { complete: ['-- one; two\nSELECT 1'], rest: '', isOpen: false }],
    ['/* ; */ SELECT 1 /* ;', { complete: [], rest: '/* ; */ SELECT 1 /* ;', isOpen: true }],
    [';; -- nothing;', { complete: [], rest: ' -- nothing;', isOpen: false }],
    ['-- one; two\rSELECT 1;', { complete: ['-- one; two\rSELECT 1'], rest: '', isOpen: false }],
    ['/* /* */; SELECT 1;', { complete: ['/* /* */', 'SELECT 1'], rest: '', isOpen: false }],
    ['', { complete: [], rest: '', isOpen: false }],
  ])('%p', (text, statements) => expect(statementsOf(text)).toEqual(statements));
});
