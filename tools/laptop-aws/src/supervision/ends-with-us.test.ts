import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { commandLine } from '../dynamodb/stale-process.ts';

/** A process with children that it guards, which says their numbers and its guard's. */
const aParent = async (program: string) => {
  const script = `
    import { spawn } from 'node:child_process';
    import { endsWithUs } from ${JSON.stringify(join(import.meta.dirname, 'ends-with-us.ts'))};
    const child = () => {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { detached: true, stdio: 'ignore' });
      endsWithUs(child);
      return child;
    };
    ${program}`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(parent, 'exit');
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, ended, pids: JSON.parse(said.toString()) as number[] };
};

const runs = (pid: number): boolean => commandLine(pid).includes('setInterval');

describe('a child process that is guarded', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('ends when its parent ends by %s', async (signal) => {
    const { parent, ended, pids } = await aParent('console.log(JSON.stringify([child().pid, child().pid]));');
    expect(pids.map(runs)).toEqual([true, true]);
    parent.kill(signal);
    await ended;
    while (pids.some(runs)) await wait(10); // the test's time limit is the limit
  });

  it('keeps nobody from ending: the guard goes with the last child', async () => {
    const { ended } = await aParent(`
      const [one, other] = [child(), child()];
      console.log('[]');
      one.kill();
      other.kill();`);
    expect(await ended).toEqual([0, null]);
  });

  it('is guarded again when the guard is killed', async () => {
    const { parent, ended, pids } = await aParent(`
      import { execFileSync } from 'node:child_process';
      const one = child();
      const guards = () => execFileSync('ps', ['-eo', 'pid=,ppid=,command='], { encoding: 'utf8' }).split('\\n')
        .map((line) => line.trim().split(/ +/))
        .filter(([pid, ppid, , , ...rest]) => Number(ppid) === process.pid && rest.join(' ').includes('pids'));
      const first = Number(guards()[0][0]);
      process.kill(first, 'SIGKILL');
      const again = setInterval(() => {
        if (guards().every(([pid]) => Number(pid) === first)) return;
        clearInterval(again);
        console.log(JSON.stringify([one.pid]));
      }, 20);`);
    parent.kill('SIGKILL');
    await ended;
    while (pids.some(runs)) await wait(10);
    expect(pids).toHaveLength(1);
  });
});
