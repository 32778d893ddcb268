#!/usr/bin/env node
// Runs a program of this repository on the Node that Lambda runs. Works before anything is installed:
//   node tools/node/run.mjs <file.ts | file.mjs | installed command> [arguments]
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { root } from './root.mjs';
import { installed } from './install.mjs';
import { suitableNode } from './suitable-node.mjs';

const [program, ...args] = process.argv.slice(2);
if (!program) fail('usage: node tools/node/run.mjs <file or command> [arguments]');

await installed(fail);
const node = suitableNode(fail);
const isFile = /\.(ts|mjs|js)$/.test(program);
const file = isFile ? join(root, program) : join(root, 'node_modules', '.bin', program);
// kafkajs sets timers that are due already; Node 24 warns of each first one in a process.
const child = spawn(node, ['--disable-warning=TimeoutNegativeWarning', file, ...args], {
  stdio: 'inherit',
  env: {
    ...process.env,
    TZ: 'UTC', // as Lambda does
    PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  },
});
// The terminal sends Ctrl-C to the child too; a kill reaches only this process and is passed on.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => fail(`could not run ${program}: ${error.message}`));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
