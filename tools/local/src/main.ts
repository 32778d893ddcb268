// npm start: the whole platform on this machine, from the sources to a live page.
import { commandLineOrExit } from './options.ts';
import { startCommand } from './start-options.ts';
import { start } from './start.ts';
import { fullDisk, withFullDiskSaidOnce } from './terminal/full-disk.ts';
import { bad, Progress } from './terminal/progress.ts';

const { options } = commandLineOrExit(startCommand);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort());

const progress = new Progress(withFullDiskSaidOnce(process.stdout, options.dir));
process.exit(
  await start(options, progress, stopping.signal).catch((error: Error) => {
    progress.status('');
    console.error(bad((process.env.DEBUG && error.stack) || (fullDisk(error.message, options.dir) ?? error.message)));
    return 1;
  }),
);
