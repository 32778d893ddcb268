import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';
import { tableNameIn } from '../command/place.ts';

let dir: string;
let file: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'acme-load-options-'));
  file = join(dir, 'mine.csv');
  writeFileSync(file, '');
});
afterAll(() => rmSync(dir, { recursive: true }));
const read = (...args: string[]) => readOptions(args, {});

describe('the options of load', () => {
  it('are all of the synthetic universe, into the laptop platform, when nothing is said', () => {
    const { sources, edition, target } = read();
    expect(sources.map(({ name }) => name)).toEqual(['synthetic customers', 'synthetic titles', 'synthetic pages']);
    expect(edition).toEqual({ version: undefined, freshUntil: undefined });
    expect(target.stage).toBe('local');
  });

  it('are one dimension from a file, its version, and until when it is good', () => {
    const { sources, edition } = read(
      '--dimension',
      'titles',
      '--from',
      file,
      '--version',
      '7',
      '--fresh-until',
      '2026-12-01T00:00:00Z',
    );
    expect(sources.map(({ name, dimension }) => [name, dimension.name])).toEqual([['mine.csv', 'titles']]);
    expect(edition).toEqual({ version: 7, freshUntil: Date.UTC(2026, 11, 1) / 1000 });
  });

  it('name the table of a stage', () => {
    const {
      sources: [source],
      target,
    } = read('--dimension', 'pages', '--stage', 'prod');
    expect(source && tableNameIn(target, source.dimension)).toBe('enricher-prod-pages');
    expect(source && tableNameIn({ stage: 'dev' }, source.dimension)).toBe('enricher-pages');
  });

  it.each([
    [['--dimension', 'film'], '--dimension takes one of customers, titles, pages'],
    [['--from', 'mine.csv'], 'say of what the rows are: --dimension customers|titles|pages'],
    [['--dimension', 'titles', '--from', 'mine.xlsx'], /must be synthetic, or a file that ends in .csv/],
    [['--dimension', 'titles', '--from', 'nowhere.csv'], 'the file of --from is not there'],
    [['--seed=-1'], '--seed takes a whole number from 0 to 4294967295'],
    [['--version', '0'], /^--version takes a whole number from 1 to/],
    [['--version', ''], /^--version takes a whole number from 1 to/],
    [['--fresh-until', 'tomorrow'], '--fresh-until takes a time in UTC, such as 2026-12-01T00:00:00Z'],
    [['--sead', '1'], 'there is no --sead; the nearest is --seed (--help lists all)'],
  ])('refuse %j', (args, message) => {
    expect(() => read(...args)).toThrow(message);
  });
});
