import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { filesOf, keyOf, type Objects } from './objects.ts';

/** The notes of a service under a prefix, JSON of a schema each; and the keys of those that cannot be read. */
export const readNotes = <Note>(
  objects: Objects,
  prefix: string,
  schema: z.ZodType<Note>,
): { read: { file: string; value: Note }[]; broken: string[] } => {
  const read: { file: string; value: Note }[] = [];
  const broken: string[] = [];
  for (const file of filesOf(objects, prefix)) {
    const value = parsed(readFileSync(file, 'utf8'), schema);
    if (value === undefined) broken.push(keyOf(objects, file));
    else read.push({ file, value });
  }
  return { read, broken };
};

const parsed = <Note>(text: string, schema: z.ZodType<Note>): Note | undefined => {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
