import { readFileSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { filesOf, type Objects } from './objects.ts';

/**
 * Runs something that reads the ledger. DuckDB does not say which entry it could not decompress, so they are gone
 * through again when it fails.
 *
 * @throws Error `Invalid Input Error: …` that names the file of the first broken entry; else what `run` threw
 */
export const namingBrokenEntry = async <Result>(objects: Objects, run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run();
  } catch (error) {
    const broken = filesOf(objects, 'ledger/').find(isBroken);
    if (broken === undefined) throw error;
    throw new Error(`Invalid Input Error: not Zstandard, or torn: "${broken}"`, { cause: error });
  }
};

const isBroken = (file: string): boolean => {
  try {
    zstdDecompressSync(readFileSync(file));
    return false;
  } catch {
    return true;
  }
};
