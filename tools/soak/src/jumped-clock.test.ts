import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const program = `
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker('import("node:worker_threads").then((threads) => threads.parentPort.postMessage(Date.now()))', { eval: true });
  worker.on('message', (inThread) => console.log(JSON.stringify({
    now: Date.now(), made: new Date().getTime(), given: new Date(5).getTime(), parsed: Date.parse('1970-01-01T00:00:01Z'),
    isDate: new Date() instanceof Date, inThread,
  })));`;

const seen = (jumpMs: number): Record<string, unknown> & { now: number; made: number; inThread: number } =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['--import', join(import.meta.dirname, 'jumped-clock.mjs'), '--input-type=module', '-e', program],
      { env: { ...process.env, CLOCK_JUMP_MS: String(jumpMs) }, encoding: 'utf8' },
    ),
  ) as ReturnType<typeof seen>;

describe('a clock that jumped', () => {
  it.each([3_600_000, -3_600_000])('is off by %d ms in the platform, and true in its threads', (jumpMs) => {
    const { now, made, inThread, ...rest } = seen(jumpMs);
    const off = (ms: number): number => Math.round((ms - Date.now()) / 60_000) * 60_000;
    expect([off(now), off(made), Math.abs(off(inThread))]).toEqual([jumpMs, jumpMs, 0]);
    expect(rest).toEqual({ given: 5, parsed: 1_000, isDate: true });
  });
});
