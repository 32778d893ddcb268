import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file and waits until it is on the disk itself. */
export const writeDurably = (file: string, content: string | Buffer): void => {
  const handle = openSync(file, 'w');
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** Moves a file that is on the disk to its place, whole or not at all, and waits until the move is on the disk too. */
export const moveDurably = (from: string, to: string): void => {
  makeFolderDurably(dirname(to));
  renameSync(from, to);
  syncFolder(dirname(to));
};

/** A folder with its parents, on the disk. */
export const makeFolderDurably = (folder: string): void => {
  const topmostNew = mkdirSync(folder, { recursive: true });
  if (topmostNew === undefined) return;
  for (let made = folder; made.length >= topmostNew.length; made = dirname(made)) syncFolder(dirname(made));
};

/** Puts a folder's entries on the disk. Windows can neither open nor sync a folder; NTFS journals its entries itself. */
export const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};
