import { open, rename } from 'node:fs/promises';

/** Writes a small file so that a reader, a kill or a power cut finds the old text or the new one, never a half. */
export const writeFileAtomic = async (file: string, text: string): Promise<void> => {
  const temporary = `${file}.new`;
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
};
