import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { writeDurably, moveDurably } from './durable-files.ts';
import type { S3Object } from './fauxqs.ts';

/** What is known of an object besides its bytes. */
export type ObjectFacts = Omit<S3Object, 'body'>;

interface Line {
  readonly bucket: string;
  readonly key: string;
  /** Missing when its bytes could not follow. */
  readonly facts?: Omit<ObjectFacts, 'key' | 'lastModified'> & { readonly lastModified: string };
}

/** The objects that a journal knows. */
export interface Known {
  /** @returns undefined for an object it does not know */
  factsOf(bucket: string, key: string): ObjectFacts | undefined;
  /** Whether the last change of it is so young that a crash may have come between it and the bytes. */
  isRecent(bucket: string, key: string): boolean;
  /** How many changes it holds, of objects that are gone or were written again among them. */
  readonly changes: number;
}

/** So many of the last changes may not have reached their bytes when a machine went down: far more than wait at a time. */
const recentChanges = 1_000;

/**
 * What is known of objects besides their bytes, in one file that only grows: a million objects are back after a restart
 * in the time of reading it. A line is JSON behind its line break, so that one that was cut off does not spoil the next.
 */
export class ObjectJournal {
  readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** Before the bytes are at their place. @throws what the disk says; then nothing is noted */
  put(bucket: string, facts: ObjectFacts): void {
    this.#append(lineOf(bucket, facts));
  }

  /** After `put`, when the bytes could not be put at their place: what is there is no longer known. */
  forget(bucket: string, key: string): void {
    this.#append({ bucket, key });
  }

  read(): Known {
    const lines = existsSync(this.file) ? readFileSync(this.file, 'utf8').split('\n') : [];
    const known = new Map<string, Line>();
    const recent = new Set<string>();
    for (const [at, text] of lines.entries()) {
      const line = parsed(text);
      if (!line) continue;
      const name = nameOf(line.bucket, line.key);
      if (at >= lines.length - recentChanges) recent.add(name);
      if (line.facts) known.set(name, line);
      else known.delete(name);
    }
    return {
      changes: lines.length,
      factsOf: (bucket, key) => {
        const facts = known.get(nameOf(bucket, key))?.facts;
        return facts && { ...facts, key, lastModified: new Date(facts.lastModified) };
      },
      isRecent: (bucket, key) => recent.has(nameOf(bucket, key)),
    };
  }

  /** Holds just these objects from now on; while it is written the old one counts. */
  writeAnew(objects: readonly (readonly [bucket: string, facts: ObjectFacts])[]): void {
    const next = `${this.file}.next`;
    writeDurably(next, objects.map(([bucket, facts]) => textOf(lineOf(bucket, facts))).join(''));
    moveDurably(next, this.file);
  }

  #append(line: Line): void {
    appendFileSync(this.file, textOf(line));
  }
}

const lineOf = (bucket: string, { key, lastModified, ...facts }: ObjectFacts): Line => ({
  bucket,
  key,
  facts: { ...facts, lastModified: lastModified.toISOString() },
});

const textOf = (line: Line): string => `\n${JSON.stringify(line)}`;

/** No bucket's name holds a slash. */
const nameOf = (bucket: string, key: string): string => `${bucket}/${key}`;

/** Undefined for a line that was cut off. */
const parsed = (text: string): Line | undefined => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
};
