import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type Row, RowError } from './row.ts';
import { BenchFailedError, runBench } from './run-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'acme-run-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = async (code: string, args: readonly string[] = []): Promise<Row[]> => {
  const file = join(folder, 'a.bench.ts');
  writeFileSync(file, code);
  const rows: Row[] = [];
  await runBench({ name: 'a/bench', file }, args, (row) => rows.push(row));
  return rows;
};

describe('runBench', () => {
  it('hands on the rows that a bench prints, and tells it what every bench is told', async () => {
    const code = `const value: number = process.argv.indexOf('--events');
      for (const name of ['one', 'two']) console.log(JSON.stringify({ name, value, unit: 'ms' }));`;
    expect(await run(code, ['--events', '5'])).toEqual([
      { name: 'one', value: 2, unit: 'ms' },
      { name: 'two', value: 2, unit: 'ms' },
    ]);
  });

  it('fails when the bench fails, whatever it measured before', async () => {
    await expect(run(`console.log('{"name":"one","value":1,"unit":"ms"}'); process.exit(3)`)).rejects.toThrow(
      new BenchFailedError('a/bench ended with exit code 3, see above'),
    );
  });

  it('refuses a bench that prints something else than rows', async () => {
    await expect(run(`console.log('fast'); setInterval(() => undefined, 1000)`)).rejects.toThrow(RowError);
  });
});
