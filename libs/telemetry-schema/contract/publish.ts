import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareContracts } from './compare.ts';
import type { Contract } from './contract.ts';
import { currentContracts } from './contract.ts';
import { readPublished, writePublished } from './published.ts';
import { readersIn } from './readers.ts';
import { breakReport, growthReport } from './report.ts';
import { keepSamples } from './samples.ts';

/** The schema as it is would break somebody; nothing was published. The message says whom, and what to do. */
export class BreakingChangeError extends Error {
  override readonly name = 'BreakingChangeError';
}

/**
 * Makes the contracts of today the published ones: the files in `published/`, the samples of the new version, and the
 * next minor version in package.json and package-lock.json. The first time the version stays.
 *
 * @param workspace the folder of the repository
 * @returns what was published, for people
 * @throws BreakingChangeError when something that was published no longer holds
 */
export const publish = (workspace: string, contracts: readonly Contract[] = currentContracts()): string => {
  const library = join(workspace, 'libs', 'telemetry-schema');
  const folder = join(library, 'published');
  const published = readPublished(folder);
  const version = versionOf(library);
  const changes = compareContracts(published, contracts);
  if (changes.length === 0) return `Nothing to publish: version ${version} says all of it.`;
  const readers = readersIn(workspace);
  const broken = breakReport(changes, published, readers);
  if (broken) throw new BreakingChangeError(broken);
  const next = published.length === 0 ? version : nextMinor(version);
  writePublished(folder, contracts, published, next);
  keepSamples(join(folder, 'samples'), next, contracts);
  if (next !== version) raiseVersion(workspace, next);
  const raised = next === version ? `Version ${next}` : `The minor version rises: ${version} to ${next}`;
  return `${growthReport(changes, readers)}\n\n${raised}. Commit libs/telemetry-schema/published with the change.`;
};

type Json = { version: string; packages?: Record<string, { version?: string }> };
const read = (file: string): Json => JSON.parse(readFileSync(file, 'utf8')) as Json;
const write = (file: string, value: Json): void => writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

const versionOf = (library: string): string => read(join(library, 'package.json')).version;

const nextMinor = (version: string): string => {
  const [major = '0', minor = '0'] = version.split('.');
  return `${major}.${Number(minor) + 1}.0`;
};

const raiseVersion = (workspace: string, version: string): void => {
  const manifest = join(workspace, 'libs', 'telemetry-schema', 'package.json');
  write(manifest, { ...read(manifest), version });
  const lock = join(workspace, 'package-lock.json');
  if (!existsSync(lock)) return;
  const locked = read(lock);
  const entry = locked.packages?.['libs/telemetry-schema'];
  if (entry) entry.version = version;
  write(lock, locked);
};
