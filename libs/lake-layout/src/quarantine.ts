import { roots } from './roots.ts';

/** The writer of quarantine that is no service on a stream: what compaction found in raw objects. */
export const compactionQuarantine = 'lake-compaction';
/** And the one before the streams. */
export const producerQuarantine = 'producer';

/** Where a writer puts events aside. */
export const quarantineFolder = (writer: string): string => `${roots.quarantine}${writer}/`;

/** What was refused, a line each. @param name what tells it from others of the writer; it may have folders of its own */
export const quarantineKey = (writer: string, name: string): string => `${quarantineFolder(writer)}${name}.ndjson`;

/** What compaction took out of a raw object: by the object's key, and the MD5 of its bytes as they were. */
export const rawAside = (key: string, md5: string): { readonly lines: string; readonly bytes: string } => {
  const name = `${key}/${md5}`;
  return {
    lines: quarantineKey(compactionQuarantine, name),
    bytes: `${quarantineFolder(compactionQuarantine)}${name}.bytes`,
  };
};

/** The raw object that such lines were taken out of. */
export const rawObjectOf = (aside: string): string =>
  aside.slice(quarantineFolder(compactionQuarantine).length).replace(/\/[^/]*$/, '');
