import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** The oldest Node that runs TypeScript files as they are. Lambda runs 24. */
const oldest = [22, 18];

/** The path of a Node to run on: this one when it is new enough, else the one npm brought, else `fail` is told. */
export const suitableNode = (fail) => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return process.execPath;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const brought = join(
    root,
    'node_modules',
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    'bin',
    file,
  );
  if (existsSync(brought)) return brought;
  return fail(
    `Node ${process.versions.node} is too old here: install Node 24 (or at least ${oldest.join('.')}) and run the command again`,
  );
};
