import { crc32 } from 'node:zlib';

/**
 * A text with its checksum in a last line, so that a byte that changed on the disk is not taken for what was written.
 * JSON stays readable for people; who edits it takes the last line away.
 */
export const withSum = (text: string): string => `${text}\ncrc32 ${sumOf(text)}\n`;

/** The text alone; one that has no such line, as older ones, is taken as it is. Undefined when it is not what was written. */
export const withoutSum = (summed: string): string | undefined => {
  const [line, sum] = /\ncrc32 ([0-9a-f]{8})\n$/.exec(summed) ?? [];
  if (line === undefined) return summed;
  const text = summed.slice(0, -line.length);
  return sumOf(text) === sum ? text : undefined;
};

const sumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');
