import { pack } from '../pack/pack.ts';

process.stdout.write(`packed     ${await pack()}\n`);
