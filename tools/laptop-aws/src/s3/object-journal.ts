import { appendFileSync, existsSync, rmSync, statSync, truncateSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { crc32 } from 'node:zlib';
import { moveDurably, piecesOf, writeDurably } from '../disk/blocking.ts';
import type { S3Object } from './fauxqs.ts';

/** What is known of an object besides its bytes. */
export type ObjectFacts = Omit<S3Object, 'body'>;

interface Line {
  readonly bucket: string;
  readonly key: string;
  /** Missing where the bytes could not follow: the line before does not count. */
  readonly facts?: Facts;
}
type Facts = Omit<ObjectFacts, 'key' | 'lastModified'> & { readonly lastModified: string };

interface Change {
  readonly name: string;
  readonly facts: Facts;
  readonly replaced: Facts | undefined;
}

/** The objects that a journal knows. */
export interface Known {
  /** @returns undefined for an object it does not know */
  factsOf(bucket: string, key: string): ObjectFacts | undefined;
  /**
   * Of an object that changed so lately that a crash may have come between a change and the bytes: all that may be true
   * of these, the last first. Undefined for any other.
   */
  recentOf(bucket: string, key: string): readonly ObjectFacts[] | undefined;
  /** How many changes it holds, of objects that are gone or were written again among them. */
  readonly changes: number;
  /** A kill has cut off its last line. */
  readonly isTorn: boolean;
  /** Lines that are not as they were written: the disk, or someone who edited the file, changed them. */
  readonly damagedLines: number;
}

/** So many of the last changes may not have reached their bytes when a machine went down: far more than wait at a time. */
const recentChanges = 1_000;

/**
 * What is known of objects besides their bytes, in one file that only grows: a million objects are back after a restart
 * in the time of reading it. A line is JSON behind its line break, so that one that was cut off does not spoil the next,
 * then a tab and the checksum of the JSON, which older lines do not have.
 */
export class ObjectJournal {
  readonly file: string;
  /** What could not be noted; it comes before the next line. */
  #owed = '';
  #bytes: number;

  constructor(file: string) {
    this.file = file;
    this.#bytes = existsSync(file) ? statSync(file).size : 0;
  }

  /** Before the bytes are at their place. @throws what the disk says; then nothing is noted */
  put(bucket: string, facts: ObjectFacts): void {
    this.#append(textOf(lineOf(bucket, facts)));
  }

  /** Right after `put`, when the bytes could not be put at their place: what was known before is still true. */
  withdraw(bucket: string, key: string): void {
    this.#owed += textOf({ bucket, key });
    try {
      this.#append('');
    } catch {
      // Owed still. Until then the change is the last of all, and so told from the bytes after a crash.
    }
  }

  read(): Known {
    const known = new Map<string, Facts>();
    const recent: Change[] = []; // the last ones, each at its number's remainder
    let changes = 0;
    let last: Change | undefined;
    let damagedLines = 0;
    let isTorn = false;
    for (const line of this.#lines()) {
      if (isTorn) damagedLines += 1; // it was not the last
      isTorn = line === undefined;
      if (!line) continue;
      const { bucket, key, facts } = line;
      const name = nameOf(bucket, key);
      if (facts) {
        last = { name, facts, replaced: known.get(name) };
        known.set(name, facts);
        recent[changes++ % recentChanges] = last;
      } else if (last?.name === name) {
        if (last.replaced) known.set(name, last.replaced);
        else known.delete(name);
        last = undefined;
      }
    }
    const ordered = recent.map((_, at) => recent[(changes + at) % recent.length] as Change);
    const young = Map.groupBy(ordered.reverse(), ({ name }) => name);
    return {
      changes,
      isTorn,
      damagedLines,
      factsOf: (bucket, key) => {
        const facts = known.get(nameOf(bucket, key));
        return facts && objectOf(key, facts);
      },
      recentOf: (bucket, key) =>
        young
          .get(nameOf(bucket, key))
          ?.flatMap(({ facts, replaced }) => (replaced ? [facts, replaced] : [facts]))
          .map((facts) => objectOf(key, facts)),
    };
  }

  /**
   * Holds just these objects from now on; while it is written the old one counts.
   *
   * @throws what the disk says; then the old one still counts
   */
  writeAnew(objects: readonly (readonly [bucket: string, facts: ObjectFacts])[]): void {
    const next = `${this.file}.next`;
    try {
      writeDurably(next, textsOf(objects));
      moveDurably(next, this.file);
      this.#bytes = statSync(this.file).size;
    } catch (error) {
      rmSync(next, { force: true });
      throw error;
    }
  }

  #append(text: string): void {
    const whole = this.#owed + text;
    try {
      appendFileSync(this.file, whole);
    } catch (error) {
      this.#cutBack();
      throw error;
    }
    this.#bytes += Buffer.byteLength(whole);
    this.#owed = '';
  }

  /** What a full disk has taken of a line would look like damage later. */
  #cutBack(): void {
    try {
      truncateSync(this.file, this.#bytes);
    } catch {
      // then it does, and the next start tells all objects from their bytes
    }
  }

  /** Undefined for a line that is not as it was written. */
  *#lines(): Generator<Line | undefined> {
    if (!existsSync(this.file)) return;
    for (const text of linesOf(this.file)) if (text !== '') yield parsed(text);
  }
}

/** Read a piece at a time: one text can hold half a gigabyte, which is a million objects. */
function* linesOf(file: string): Generator<string> {
  const decoder = new StringDecoder('utf8');
  let cut = '';
  for (const piece of piecesOf(file)) {
    const lines = (cut + decoder.write(piece)).split('\n');
    cut = lines.pop() as string;
    yield* lines;
  }
  yield cut;
}

const lineOf = (bucket: string, { key, lastModified, ...facts }: ObjectFacts): Line => ({
  bucket,
  key,
  facts: { ...facts, lastModified: lastModified.toISOString() },
});

const objectOf = (key: string, facts: Facts): ObjectFacts => ({
  ...facts,
  key,
  lastModified: new Date(facts.lastModified),
});

const textOf = (line: Line): string => {
  const json = JSON.stringify(line);
  return `\n${json}\t${sumOf(json)}`;
};

const sumOf = (json: string): string => crc32(json).toString(16).padStart(8, '0');

function* textsOf(objects: readonly (readonly [bucket: string, facts: ObjectFacts])[]): Generator<string> {
  for (const [bucket, facts] of objects) yield textOf(lineOf(bucket, facts));
}

/** No bucket's name holds a slash. */
const nameOf = (bucket: string, key: string): string => `${bucket}/${key}`;

/** Undefined for a line that was cut off or changed. */
const parsed = (text: string): Line | undefined => {
  const end = text.lastIndexOf('\t'); // JSON has none
  const json = end < 0 ? text : text.slice(0, end);
  if (end >= 0 && text.slice(end + 1) !== sumOf(json)) return undefined;
  try {
    return JSON.parse(json) as Line;
  } catch {
    return undefined;
  }
};
