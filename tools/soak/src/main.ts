// npm run soak: load, faults and kills for as long as it takes, then the proof that nothing was lost or doubled.
import { mkdirSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { commandLineOrExit } from '@acme/local/options';
import { bad, count, Progress } from '@acme/local/terminal/progress';
import { tryDiskFull } from './disk-full.ts';
import { soakCommand } from './options.ts';
import { prove } from './prove.ts';
import { soak } from './soak.ts';
import { tableLines } from './table.ts';

const { options } = commandLineOrExit(soakCommand);
const {
  dir,
  port,
  awsPort,
  rate,
  clickstreamRate = Math.floor(options.rate / 10),
  seed,
  dial,
  transport,
  faults,
  faultSeed = randomInt(2 ** 32),
} = options;
mkdirSync(dir, { recursive: true });

const common = [
  '--dir',
  dir,
  '--port',
  port,
  '--aws-port',
  awsPort,
  '--seed',
  seed,
  '--dial',
  dial,
  '--transport',
  transport,
].map(String);
const underFaults = faults === undefined ? [] : ['--faults', faults, '--fault-seed', String(faultSeed)];
const progress = new Progress();
try {
  progress.line(
    `soak  ${count(rate)} events/s of seed ${seed}, dial ${dial}, faults ${faults ?? 'none'}${faults === undefined ? '' : ` (seed ${faultSeed})`}; what the platform says is in ${dir}/soak.log`,
  );
  const soaked = await soak(
    options,
    [...common, ...underFaults, '--rate', `${rate}`, '--clickstream-rate', `${clickstreamRate}`],
    progress,
  );
  const proof = await prove(options, common, progress);
  const full = faults === undefined ? undefined : await tryDiskFull(options, progress);
  for (const line of tableLines(soaked, proof, full)) progress.line(line);
  process.exit(proof.isRight && (full?.isRight ?? true) ? 0 : 1);
} catch (error) {
  progress.status('');
  console.error(bad((error as Error).message));
  process.exit(1);
}
