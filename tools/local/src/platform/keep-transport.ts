import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateFolderError } from './state-folder.ts';

/** What carries the events. */
export type Transport = 'kinesis' | 'kafka';

/**
 * Notes the transport in a state folder: what one has not delivered, the other does not know of, so that a folder keeps
 * to the one that it began with.
 *
 * @throws StateFolderError when it began with the other
 */
export const keepTransport = (dir: string, transport: Transport): void => {
  const file = join(dir, 'transport');
  mkdirSync(dir, { recursive: true });
  const before = read(file);
  if (before === undefined) return writeFileSync(file, `${transport}\n`);
  if (before === transport) return;
  throw new StateFolderError(
    `the state folder ${dir} began with --transport ${before}, whose events the other does not know of; take another folder with --dir, or remove this one`,
  );
};

/** The transport that a state folder began with; one from before there was a choice has Kinesis. */
export const transportOf = (dir: string): Transport => (read(join(dir, 'transport')) === 'kafka' ? 'kafka' : 'kinesis');

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};
