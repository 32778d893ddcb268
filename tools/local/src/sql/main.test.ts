import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aLake, ndjson } from '@acme/laptop-aws/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sql-'));
  const lake = aLake(dir);
  lake.table('streaming_events', { event_type: 'string', seconds: 'bigint' });
  lake.object('streaming_events/x.gz', ndjson({ event_type: 'start', seconds: 5 }, { event_type: 'st\u001b[2Jop' }));
});
afterEach(() => rmSync(dir, { recursive: true }));

interface Told {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const piped = (input: string, ...args: string[]): Promise<Told> =>
  new Promise((done) => {
    const command = [join(import.meta.dirname, 'main.ts'), '--dir', dir, ...args];
    const child = execFile(process.execPath, command, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
    child.stdin?.end(input);
  });

const sql = (...args: string[]): Promise<Told> => piped('', ...args);

describe('npm run sql', () => {
  it('prints a table with numbers to the right, NULLs and control characters visible', async () => {
    const { code, stdout } = await sql('SELECT * FROM streaming_events ORDER BY 1');

    expect(code).toBe(0);
    expect(stdout.replace(/in [\d.]+ s, \d+ bytes read/, 'in 0 s, 9 bytes read').split('\n')).toEqual([
      'event_type  seconds',
      '──────────  ───────',
      'st␛[2Jop          ∅',
      'start             5',
      '',
      '2 rows in 0 s, 9 bytes read (∅ is NULL)',
      '',
    ]);
  });

  it('prints an array of rows and nothing else with --json', async () => {
    const { stdout, stderr } = await sql(
      '--json',
      'SELECT event_type, seconds FROM streaming_events WHERE seconds = 5',
    );
    expect([JSON.parse(stdout), stderr]).toEqual([[{ event_type: 'start', seconds: 5 }], '']);
    expect(JSON.parse((await sql('--json', 'SELECT 1 AS n WHERE false')).stdout)).toEqual([]);
    expect(JSON.parse((await sql('--json', 'SELECT * FROM range(5000)')).stdout)).toHaveLength(5000);
  });

  it('prints CSV with a header and nothing else with --csv', async () => {
    expect(await sql('--csv', 'SELECT *, [seconds] AS list FROM streaming_events ORDER BY 2')).toEqual({
      code: 0,
      stdout: 'event_type,seconds,list\r\nstart,5,[5]\r\nst\u001b[2Jop,,[null]\r\n',
      stderr: '',
    });
    expect((await sql('--csv', "SELECT 1 AS n, '\"' AS quote WHERE false")).stdout).toBe('n,quote\r\n');
    expect((await sql('--csv', 'SELECT * FROM range(5000)')).stdout.split('\r\n')).toHaveLength(5002);
  });

  it('prints values that begin with U+FEFF as they are; before a statement it is a byte-order mark', async () => {
    const statement = "SELECT '\ufeffa' AS text, length('\ufeffa') AS length";
    expect((await sql('--csv', statement)).stdout).toBe('text,length\r\n"\ufeffa",2\r\n');
    expect((await sql('--json', statement)).stdout).toContain('"\ufeffa"');
    expect((await piped(`\ufeff${statement}`, '--csv')).stdout).toBe('text,length\r\n"\ufeffa",2\r\n');
    expect((await piped(`\ufeff${statement}`)).stdout.split('\n').slice(0, 3)).toEqual([
      'text  length',
      '────  ──────',
      '\ufeffa         2',
    ]);
  });

  it('runs the statements of standard input, one after the other, up to the first that fails', async () => {
    const { code, stdout, stderr } = await piped("SELECT 'a;b' AS one;\n-- two\nSELECT 2 AS two; SELECT 3 AS three");
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replaceAll(/in [\d.]+ s, 0 bytes read/g, 'in 0 s').split('\n')).toEqual([
      ...['one', '───', 'a;b', '', '1 row in 0 s'],
      ...['two', '───', '  2', '', '1 row in 0 s'],
      ...['three', '─────', '    3', '', '1 row in 0 s', ''],
    ]);
    expect(await piped('SELECT nope; SELECT 2 AS two;')).toMatchObject({ code: 1, stdout: '' });
    expect((await piped('SELECT 1; SELECT 2', '--json')).stderr).toContain('2 statements');
  });

  it('names the nearest table when there is none of the name', async () => {
    expect((await sql('SELECT * FROM streaming_event')).stderr).toBe(
      'There is no table streaming_event. Did you mean streaming_events? The tables are streaming_events.\n',
    );
  });

  it('stops the statement on Ctrl-C', async () => {
    const slow = 'SELECT 1 AS first; SELECT SUM(a.range * b.range) FROM range(10000000) a, range(10000000) b';
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--dir', dir, slow]);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    await once(child.stdout, 'data'); // of the first: the second runs
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect([code, stderr]).toEqual([130, 'Stopped.\n']);
  });

  it('ends with 1 and a reason when it cannot answer', async () => {
    expect(await sql("COPY (SELECT 1) TO 'x'")).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('Only one reading statement'),
    });
    expect(await sql('SELECT 1', '--dir', join(dir, 'nowhere'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('run npm start first'),
    });
    expect(await sql('--csv', '--json', 'SELECT 1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('choose'),
    });
    expect(await sql()).toMatchObject({ code: 2, stderr: expect.stringContaining('one statement') });
  });
});
