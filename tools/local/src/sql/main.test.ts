import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLake, ndjson } from './lake.fixture.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sql-'));
  const lake = aLake(dir);
  lake.table('streaming_events', { event_type: 'string', seconds: 'bigint' });
  lake.object('streaming_events/x.gz', ndjson({ event_type: 'start', seconds: 5 }, { event_type: 'st\u001b[2Jop' }));
});
afterEach(() => rmSync(dir, { recursive: true }));

const sql = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((done) => {
    const command = [join(import.meta.dirname, 'main.ts'), '--dir', dir, ...args];
    execFile(process.execPath, command, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

describe('npm run sql', () => {
  it('prints a table with numbers to the right, NULLs and control characters visible', async () => {
    const { code, stdout } = await sql('SELECT * FROM streaming_events ORDER BY 1');

    expect(code).toBe(0);
    expect(stdout.replace(/in [\d.]+ s/, 'in 0 s').split('\n')).toEqual([
      'event_type  seconds',
      '──────────  ───────',
      'st␛[2Jop          ∅',
      'start             5',
      '',
      '2 rows in 0 s (∅ is NULL)',
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
    expect(await sql()).toMatchObject({ code: 2, stderr: expect.stringContaining('one statement') });
  });
});
