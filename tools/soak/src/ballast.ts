import { closeSync, openSync, rmSync, writeSync } from 'node:fs';

/** Fills the file system that a file is on, to the last page. @returns how much that took, in bytes */
export const fillDisk = (file: string): number => {
  const handle = openSync(file, 'w');
  let filled = 0;
  try {
    for (const size of [1024 * 1024, 4096]) {
      const piece = Buffer.alloc(size, 1);
      for (let written = put(handle, piece); written > 0; written = put(handle, piece)) filled += written;
    }
  } finally {
    closeSync(handle);
  }
  return filled;
};

/** Makes room again. */
export const emptyDisk = (file: string): void => rmSync(file, { force: true });

/** Bytes written, 0 when the disk is full. */
const put = (handle: number, piece: Buffer): number => {
  try {
    return writeSync(handle, piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return 0;
    throw error;
  }
};
