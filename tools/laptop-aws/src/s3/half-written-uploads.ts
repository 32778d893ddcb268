import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes what a kill or a full disk has cut off of uploads in parts, none of it acknowledged: fauxqs would not start
 * with it.
 *
 * @param uploads a folder for each, with `.upload.json` and `parts/<n>.meta.json` beside `parts/<n>.data`
 */
export const removeHalfWritten = (uploads: string): void => {
  for (const id of readdirSync(uploads)) {
    const upload = join(uploads, id);
    if (!isWhole(join(upload, '.upload.json'))) {
      rmSync(upload, { recursive: true });
      continue;
    }
    const parts = join(upload, 'parts');
    for (const name of existsSync(parts) ? readdirSync(parts) : []) {
      if (name.endsWith('.meta.json') && !isWhole(join(parts, name))) rmSync(join(parts, name));
    }
  }
};

/** Whether it is there and is JSON. */
const isWhole = (file: string): boolean => {
  if (!existsSync(file)) return false;
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
};
