import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Writes a file, of any size when its content comes in pieces, and waits until it is on the disk itself. */
export const writeDurably = (file: string, content: string | Iterable<string>): void => {
  const handle = openSync(file, 'w');
  try {
    let some = '';
    for (const piece of typeof content === 'string' ? [content] : content) {
      some += piece;
      if (some.length < 1024 * 1024) continue;
      writeFileSync(handle, some);
      some = '';
    }
    writeFileSync(handle, some);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** A file's bytes in bounded memory, whatever its size; each piece is good until the next is asked for. */
export function* piecesOf(file: string): Generator<Buffer> {
  const handle = openSync(file, 'r');
  try {
    const piece = Buffer.allocUnsafe(1024 * 1024);
    for (let size = readSync(handle, piece); size > 0; size = readSync(handle, piece)) yield piece.subarray(0, size);
  } finally {
    closeSync(handle);
  }
}

/** Moves a file that is on the disk to its place, whole or not at all, and waits until the move is on the disk too. */
export const moveDurably = (from: string, to: string): void => {
  makeFolderDurably(dirname(to));
  renameSync(from, to);
  syncFolder(dirname(to));
};

/** A folder with its parents, on the disk. */
export const makeFolderDurably = (folder: string): void => {
  const whole = resolve(folder);
  const topmostNew = mkdirSync(whole, { recursive: true });
  if (topmostNew === undefined) return;
  for (let made = whole; made.length >= topmostNew.length; made = dirname(made)) syncFolder(dirname(made));
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
