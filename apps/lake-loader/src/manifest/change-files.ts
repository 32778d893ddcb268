import { setTimeout as wait } from 'node:timers/promises';
import { jitteredBackoff } from '@acme/lambda-kit';
import { type Day, listFiles, replaceFiles } from './manifest.ts';

/** What to change of a day's files. */
export interface Change extends Day {
  /** The files that the day shall have, given those it has; asked again whenever another writer was quicker. */
  readonly change: (files: readonly string[]) => readonly string[];
  /** How long to go on while other writers are quicker. @default one minute */
  readonly patienceMs?: number;
}

/**
 * Changes the files of a day in one step, whoever else is changing them; writes nothing when nothing changes.
 *
 * @throws ManifestBusyError when others were quicker until patience ran out; then nothing has changed
 */
export const changeFiles = async ({ change, patienceMs = 60_000, ...day }: Change): Promise<void> => {
  const backoff = jitteredBackoff(Date.now() + patienceMs);
  for (let attempt = 1; ; attempt += 1) {
    const { files, etag } = await listFiles(day);
    const wanted = [...new Set(change(files))].sort();
    if (wanted.length === files.length && wanted.every((file, index) => file === files[index])) return;
    if (await replaceFiles(day, wanted, etag)) return;
    const ms = backoff(attempt);
    if (ms === undefined) throw new ManifestBusyError(day.table, day.date);
    await wait(ms);
  }
};

/** Other writers kept changing a day's manifest. */
export class ManifestBusyError extends Error {
  override readonly name = 'ManifestBusyError';

  constructor(table: string, date: string) {
    super(`other writers kept changing the manifest of ${table} ${date}; run it again`);
  }
}
