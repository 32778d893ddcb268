// A platform whose disk fills up under load and is emptied again, then the proof. Runs in a namespace of its own whose
// --dir is a small file system (see disk-full.ts); prints what came of it as JSON.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Progress } from '@acme/local/terminal/progress';
import { emptyDisk, fillDisk } from './ballast.ts';
import type { DiskFull } from './disk-full.ts';
import { startPlatformProcess } from './platform-process.ts';
import type { SoakOptions } from './options.ts';
import { prove } from './prove.ts';
import { latestStatus } from './status-line.ts';

const { dir, seed, dial, fullMs, common } = JSON.parse(process.argv[2] as string) as {
  readonly dir: string;
  readonly seed: number;
  readonly dial: SoakOptions['dial'];
  readonly fullMs: number;
  readonly common: readonly string[];
};
const logFile = join(dir, '..', 'disk-full.log'); // on another disk
const ballast = join(dir, 'ballast');
const load = [...common, '--rate', '500', '--status-every', '1s'];

const platform = await startPlatformProcess(load, logFile);
let alive = true;
void platform.ended.then(() => (alive = false));
await wait(5_000);
fillDisk(ballast);
await wait(fullMs);
const livedThrough = alive;
emptyDisk(ballast);
const after = livedThrough ? platform : await startPlatformProcess(load, logFile);
const before = latestStatus(after.output())?.generated ?? 0;
await wait(15_000);
const generated = latestStatus(after.output())?.generated ?? 0;
after.signal('SIGINT');
await after.ended;
const { isRight, sums, audit } = await prove({ dir, seed, dial }, common, new Progress());
const result: DiskFull = {
  generated,
  livedThrough,
  isRight: isRight && generated > before,
  said: isRight ? '' : `${sums.said}\n${audit.said}`,
};
console.log(JSON.stringify(result));
process.exit(0);
