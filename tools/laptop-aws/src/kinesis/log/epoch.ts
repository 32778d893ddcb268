import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceDurably } from '../../disk/promises.ts';

/**
 * The epoch of a boot, greater than that of every boot before, whatever the clock says and whether or not that boot wrote
 * records: readers keep places of an epoch without records too. It is on disk before it is given.
 *
 * @param dir of the shard
 * @param least what it is at least, ms since 1970
 */
export const nextEpoch = async (dir: string, least: number): Promise<number> => {
  const file = join(dir, 'epoch');
  const epoch = Math.max(least, (await savedEpoch(file)) + 1);
  await replaceDurably(file, String(epoch));
  return epoch;
};

/** The last boot's epoch; 0 when there was none. */
const savedEpoch = async (file: string): Promise<number> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '0';
    throw error;
  });
  if (!/^\d{1,14}$/.test(text))
    throw new Error(
      `${file} does not hold an epoch; write a number into it that is greater than those of the log files`,
    );
  return Number(text);
};
