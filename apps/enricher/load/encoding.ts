import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';

/** What to do about text in another encoding. */
const advice = 'save the file as UTF-8 (spreadsheets call it CSV UTF-8)';

/** Why bytes are no text. */
export const notUtf8 = `must be UTF-8 text: ${advice}`;

/** How a file of text begins: where its first line does, after a byte-order mark if it has one, or why it cannot be read. */
export type Beginning = { readonly start: number } | { readonly reason: string };

/**
 * Looks at the first bytes of a file. UTF-16 and UTF-32 are told by their byte-order marks, and without one by a zero
 * byte: no file of CSV or JSON in UTF-8 has any there.
 */
export const beginningOf = async (file: string): Promise<Beginning> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const head = buffer.subarray(0, bytesRead);
    const [first, second] = head;
    if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || head.includes(0))
      return { reason: `must be UTF-8 text, and is UTF-16 or UTF-32: ${advice}` };
    return { start: head.subarray(0, 3).equals(Buffer.from('\ufeff')) ? 3 : 0 };
  } finally {
    await handle.close();
  }
};

/** Bytes as text; undefined when they are not UTF-8. */
export const textOf = (bytes: Buffer): string | undefined => (isUtf8(bytes) ? bytes.toString() : undefined);
