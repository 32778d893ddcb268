import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bar, count, dim, type Progress } from '@acme/local/terminal/progress';
import { type Kill, killPlan } from './kill-plan.ts';
import { type MemorySample, residentMiB } from './memory.ts';
import type { SoakOptions } from './options.ts';
import { type PlatformProcess, startPlatformProcess } from './platform-process.ts';
import { latestStatus } from './status-line.ts';

/** What happened while the load was on. */
export interface Soaked {
  readonly kills: readonly (Kill & { readonly readyMs: number; readonly caughtUpMs: number })[];
  readonly memory: readonly MemorySample[];
  readonly seconds: number;
}

/** Runs the platform under load and faults, and kills it again and again, until the events or the time are reached. */
export const soak = async (
  options: SoakOptions,
  platformOptions: readonly string[],
  progress: Progress,
): Promise<Soaked> => {
  const { dir, events = Infinity, for: forMs = Infinity, kill, seed, faults, transport } = options;
  const logFile = join(dir, 'soak.log');
  const launch = (clockJumpMs = 0): Promise<PlatformProcess> =>
    startPlatformProcess([...platformOptions, '--status-every', '1s'], logFile, clockJumpMs);
  const plan = kill === undefined ? undefined : killPlan(kill, seed, faults !== undefined, transport === 'kafka');
  const kills: (Kill & { readyMs: number; caughtUpMs: number })[] = [];
  const memory: MemorySample[] = [];
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;

  let platform = await launch();
  let next = plan?.next().value ?? undefined;
  let generated = 0;
  while (elapsed() < forMs && generated < events) {
    await wait(1_000);
    const status = latestStatus(platform.output());
    generated = status?.generated ?? generated;
    memory.push({ pid: platform.pid, events: generated, mib: residentMiB(platform.pid) });
    const share = Math.max(elapsed() / forMs, generated / events);
    progress.status(
      `${bar(share)}  ${count(generated)} generated  ${dim(`${kills.length} kills  ${memory.at(-1)?.mib ?? 0} MiB`)}`,
    );
    if (next && elapsed() >= next.atMs) {
      if (next.target === 'platform') platform.signal('SIGKILL');
      else process.kill(engineOf(dir, next.target), 'SIGKILL');
      if (next.target === 'platform') {
        await platform.ended;
        platform = await launch(next.clockJumpMs);
      }
      kills.push({
        ...next,
        readyMs: next.target === 'platform' ? platform.readyMs : 0,
        caughtUpMs: await caughtUp(platform, status?.unread ?? 0),
      });
      next = plan?.next().value ?? undefined;
    }
  }
  platform.signal('SIGINT');
  await platform.ended;
  progress.status('');
  return { kills, memory, seconds: elapsed() / 1000 };
};

/** How long until no more is unread than was before the kill (or a second's worth), ms; looks for a minute. */
const caughtUp = async (platform: PlatformProcess, before: number): Promise<number> => {
  const since = performance.now();
  while (performance.now() - since < 60_000) {
    await wait(250);
    const status = latestStatus(platform.output());
    if (status && status.unread <= Math.max(before * 1.5, 500)) break;
  }
  return performance.now() - since;
};

const engineOf = (dir: string, engine: 'dynamodb' | 'kafka'): number =>
  Number(readFileSync(join(dir, engine === 'kafka' ? 'kafka/broker-1' : engine, 'pid'), 'utf8'));
