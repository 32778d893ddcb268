import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { machine } from './machine.ts';
import { isBelow, type Report, writeReport } from './report.ts';
import { judge } from './row.ts';

const folder = mkdtempSync(join(tmpdir(), 'acme-report-'));
afterAll(() => rmSync(folder, { recursive: true }));
const row = { bench: 'a/bench', ...judge({ name: 'delay', value: 80, unit: 'ms', atMost: 100 }) };

describe('writeReport', () => {
  it('keeps each run under its date, and the last one as latest.json', async () => {
    const report: Report = {
      date: '2026-11-21T12:08:45.123Z',
      machine: await machine(folder),
      rows: [row],
      failed: [{ bench: 'b/bench', reason: 'b/bench ended with exit code 1, see above' }],
    };
    expect(await writeReport(join(folder, 'bench'), report)).toBe(join(folder, 'bench/2026-11-21T12-08-45.json'));

    expect(readdirSync(join(folder, 'bench')).sort()).toEqual(['2026-11-21T12-08-45.json', 'latest.json']);
    for (const file of readdirSync(join(folder, 'bench'))) {
      expect(JSON.parse(readFileSync(join(folder, 'bench', file), 'utf8'))).toEqual(report);
    }
  });
});

describe('isBelow', () => {
  it('is true when one row is worse than wanted', async () => {
    const report = { date: '', machine: await machine(folder), failed: [] };
    expect(isBelow({ ...report, rows: [row] })).toBe(false);
    expect(isBelow({ ...report, rows: [row, { ...row, verdict: 'below' }] })).toBe(true);
  });
});
