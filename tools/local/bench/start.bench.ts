// Seconds from `npm start` to its `ready` line: on an installed clone where nothing was ever built, and once more when
// nothing has changed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { platformPorts } from '@acme/laptop-aws/machine';
import { installedClone } from './installed-clone.ts';
import { printRow, say } from './print.ts';

const secondsToReady = async (folder: string): Promise<number> => {
  const { port, awsPort } = await platformPorts();
  const startedMs = performance.now();
  const child = spawn('npm', ['start', '--', '--rate', '0', '--port', String(port), '--aws-port', String(awsPort)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // a process group of its own, to end all of it as Ctrl-C does
    shell: process.platform === 'win32',
  });
  const ended = once(child, 'exit');
  const stop = (): void => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const ready = new Promise<number>((resolve) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      process.stderr.write(text);
      output += text;
      if (/^ready /m.test(output)) resolve((performance.now() - startedMs) / 1000);
    });
  });
  try {
    const seconds = await Promise.race([ready, ended.then(() => undefined)]);
    if (seconds === undefined) throw new Error('npm start ended before it was ready, see above');
    return seconds;
  } finally {
    stop();
    await ended;
  }
};

say('cloning the last commit, copying node_modules');
const clone = await installedClone();
try {
  const unit = 's';
  printRow({
    name: 'npm start on an installed clone to ready',
    value: await secondsToReady(clone.folder),
    unit,
    atMost: 10,
    about: 'nothing bundled, nothing synthesised, no state',
  });
  printRow({
    name: 'npm start to ready when nothing changed',
    value: await secondsToReady(clone.folder),
    unit,
    atMost: 4,
  });
} finally {
  await clone.remove();
}
