import { type ChildProcess, spawn } from 'node:child_process';

/**
 * What the guard runs: it is told the numbers of processes, and when its input ends, because the one that told it has
 * ended however that happened, it kills those that are left.
 */
const guardProgram = `
  const pids = new Set();
  let line = '';
  process.stdin.setEncoding('utf8').on('data', (text) => {
    const lines = (line + text).split('\\n');
    line = lines.pop();
    for (const [how, ...pid] of lines) how === '+' ? pids.add(pid.join('')) : pids.delete(pid.join(''));
  }).on('end', () => {
    for (const pid of pids) try { process.kill(Number(pid), 'SIGKILL'); } catch {}
    process.exit();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
`;

let guard: { readonly tell: (line: string) => void; readonly end: () => void } | undefined;
const guarded = new Set<number>();

/**
 * Sees to it that a child process ends when this one does, however this one ends: also by SIGKILL, when nothing of its
 * own can run any more. A small process does it, which lives as long as there is somebody to guard.
 *
 * @param child kills its own children likewise if it guards them
 */
export const endsWithUs = (child: ChildProcess): void => {
  const { pid } = child;
  if (pid === undefined) return; // it did not start
  guard ??= startGuard();
  guarded.add(pid);
  guard.tell(`+${pid}\n`);
  child.once('exit', () => {
    guarded.delete(pid);
    guard?.tell(`-${pid}\n`); // before its number is another's
    if (guarded.size > 0) return;
    guard?.end();
    guard = undefined;
  });
};

const startGuard = (): NonNullable<typeof guard> => {
  const child = spawn(process.execPath, ['-e', guardProgram], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, NODE_OPTIONS: '' },
    // Not in the terminal's reach, nor in that of who kills a whole process group.
    detached: true,
    windowsHide: true,
  });
  child.on('error', () => undefined); // on a machine that starts no more processes the engines do not start either
  child.stdin.on('error', () => undefined); // it was killed: then they outlive us only if we are, too
  child.once('exit', () => {
    if (guard !== started || guarded.size === 0) return;
    guard = startGuard();
    for (const pid of guarded) guard.tell(`+${pid}\n`);
  });
  child.unref();
  (child.stdin as unknown as { unref?: () => void }).unref?.();
  const started = { tell: (line: string) => void child.stdin.write(line), end: () => void child.stdin.end() };
  return started;
};
