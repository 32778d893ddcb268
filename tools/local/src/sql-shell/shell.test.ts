import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { writeDefinitions } from '@acme/laptop-aws/sql';
import { aLake, ndjson } from '@acme/laptop-aws/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openHistory } from './history.ts';
import { lakeEngine } from './lake-engine.ts';
import { shell } from './shell.ts';

let dir: string;
const historyFile = (): string => join(dir, 'sql-history');

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'shell-'));
  const lake = aLake(dir);
  lake.table('streaming_events', { event_type: 'string', seconds: 'bigint' }, ['hour']);
  lake.table('titles', { title_id: 'string' });
  lake.object('streaming_events/hour=09/x.gz', ndjson({ event_type: 'start', seconds: 5 }, { event_type: 'stop' }));
  writeDefinitions(dir, {
    workGroups: [],
    namedQueries: [
      {
        id: '1',
        name: 'by-type',
        database: 'acme_telemetry',
        query: 'SELECT event_type, COUNT(*) AS n\nFROM streaming_events GROUP BY 1 ORDER BY 1',
        description: 'Events by their type',
        workGroup: 'acme',
      },
    ],
  });
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A shell on a terminal of 80 columns: keys in, what the screen was told out. */
const aShell = () => {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let text = '';
  output.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = shell({ engine: lakeEngine(dir), input, output, history: openHistory(historyFile()) });
  const waitFor = async (expected: string, from = 0): Promise<void> => {
    while (!stripVTControlCharacters(text).slice(from).includes(expected)) await wait(5);
  };
  return {
    /** Types keys, and waits until the shell asks for more. */
    type: async (keys: string, expected = 'sql> '): Promise<string> => {
      const from = stripVTControlCharacters(text).length;
      input.write(keys);
      await waitFor(expected, from);
      await wait(20);
      return stripVTControlCharacters(text).slice(from);
    },
    ready: () => waitFor('sql> '),
    leave: async (): Promise<string> => {
      input.write('\u0004');
      await ended;
      return stripVTControlCharacters(text);
    },
    ended,
  };
};

/** What the shell printed, without the echo of the keys and the prompts. */
const answer = (text: string): string[] =>
  text
    .replace(/in [\d.]+ s(, [\d.]+ \w+ read)?/, 'in 0 s')
    .split('\n')
    .map((line) => line.replaceAll('\r', ''))
    .filter((line) => !/^(sql>|  ->)/.test(line));

describe('the shell', () => {
  it('answers statements of several lines, and goes on after an error', async () => {
    const { type, ready, leave } = aShell();
    await ready();
    expect(await type('SELECT event_type,\r', '  -> ')).not.toContain('sql>');
    expect(answer(await type('seconds FROM streaming_events ORDER BY 1;\r')).slice(1)).toEqual([
      'event_type  seconds',
      '──────────  ───────',
      'start             5',
      'stop              ∅',
      '',
      '2 rows in 0 s (∅ is NULL)',
    ]);
    expect(answer(await type('SELECT * FROM streaming_event;\r'))).toContain(
      'There is no table streaming_event. Did you mean streaming_events? The tables are streaming_events, titles.',
    );
    expect(answer(await type('SELECT 1 AS a; SELECT 2 AS b;\r'))).toEqual(expect.arrayContaining(['a', 'b']));
    expect((await leave()).replaceAll('\r', '').split('\n')[0]).toMatch(/^the lake in .*: 2 tables\. \\\? helps\.$/);
  });

  it('lists tables, columns and named queries, and runs one', async () => {
    const { type, ready, leave } = aShell();
    await ready();
    expect(answer(await type('\\d\r')).slice(1, 5)).toEqual([
      'table             columns  description',
      '────────────────  ───────  ───────────',
      'streaming_events        3',
      'titles                  1',
    ]);
    expect(answer(await type('\\d streaming_events\r')).slice(1, 6)).toEqual([
      'column      type    description',
      '──────────  ──────  ───────────',
      'event_type  string',
      'seconds     bigint',
      'hour        string  (partition)',
    ]);
    expect(await type('\\d title\r')).toContain('There is no table of that name. Did you mean titles? \\d lists them.');
    expect(answer(await type('.named\r')).slice(1, 4)).toEqual([
      '#  query    description',
      '─  ───────  ────────────────────',
      '1  by-type  Events by their type',
    ]);
    expect(answer(await type('\\n 1\r')).slice(1, 9)).toEqual([
      'SELECT event_type, COUNT(*) AS n',
      'FROM streaming_events GROUP BY 1 ORDER BY 1',
      '',
      'event_type  n',
      '──────────  ─',
      'start       1',
      'stop        1',
      '',
    ]);
    expect(await type('\\n nothing\r')).toContain('There is no named query like that: \\n lists them.');
    expect(await type('\\x\r')).toContain('There is no such command: \\? lists them.');
    expect(await type('\\?\r')).toContain('\\d [table]');
    await leave();
  });

  it('completes on Tab', async () => {
    const { type, ready, leave } = aShell();
    await ready();
    expect(await type('select sec\t', 'seconds')).toContain('seconds');
    expect(await type(' from str\t', 'streaming_events')).toContain('streaming_events');
    expect(await type(' where event_t\t', 'event_type')).toContain('event_type');
    expect(await type(" = 'start';\r", '1 row')).toContain('5');
    await leave();
  });

  it('drops what is typed, and stops the statement that runs, on Ctrl-C', async () => {
    const { type, ready, leave } = aShell();
    await ready();
    await type('SELECT 1 AS\r', '  -> ');
    expect(await type('nothing\u0003')).toContain('^C');
    expect(answer(await type('SELECT 2 AS two;\r'))).toContain('two');
    const started = type('SELECT SUM(a.range * b.range) FROM range(10000000) a, range(10000000) b;\r', 'Stopped.');
    await wait(200);
    await type('\u0003', 'Stopped.');
    expect(answer(await started)).toContain('Stopped.');
    expect(answer(await type('SELECT 3 AS three;\r'))).toContain('three');
    await leave();
  });

  it('keeps its history in a file of its owner alone, a statement in one line', async () => {
    writeFileSync(historyFile(), 'SELECT 0;\n', { mode: 0o644 });
    const first = aShell();
    await first.ready();
    await first.type('SELECT 1 AS one -- the first\r', '  -> ');
    await first.type(';\r');
    await first.type('\\d\r');
    await first.leave();
    expect(readFileSync(historyFile(), 'utf8')).toBe('SELECT 0;\nSELECT 1 AS one ;\n\\d\n');
    expect(statSync(historyFile()).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);

    const second = aShell();
    await second.ready();
    expect(await second.type('\u001b[A\u001b[A', 'SELECT 1 AS one ;')).toContain('SELECT 1 AS one ;');
    expect(answer(await second.type('\r'))).toContain('one');
    await second.leave();
  });

  it.each(['\\q', 'exit', 'quit;'])('ends on %p', async (word) => {
    const { type, ready, ended } = aShell();
    await ready();
    await type(`${word}\r`, word);
    await ended;
  });
});
