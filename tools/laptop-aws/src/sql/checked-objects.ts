import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type RowRules, rowRules, type Unreadable, unreadableIn } from '@acme/lambda-kit/rows';
import type { TableInput } from '../glue/table-input.ts';
import { urlOf } from './table-objects.ts';

/** What a strict reader found in an object; nothing is known of an object without findings but that it has none. */
export interface ObjectFindings {
  /** Of lines, and of the object. */
  readonly count: number;
  /** The first of them, and the one of the object when it has one. */
  readonly first: readonly Omit<Unreadable, 'object'>[];
  /** Why nothing of the object can be relied on; undefined when its other lines can. */
  readonly broken?: string | undefined;
}

/** A file, and what was found in it; `0` is nothing. Objects never change under a name, a size and a time. */
type Entry = readonly [size: number, mtimeMs: number, found: ObjectFindings | 0];
type Entries = Record<string, Entry>;

/** Findings of an object that are kept. */
const mostKept = 20;

/** To be raised when the rules change, so that all objects are read again. */
const version = 1;

/** Objects read at a time: unpacking is on other threads. */
const atOnce = 4;

/**
 * Reads objects of a table of JSON lines strictly, each once: what was found is kept in the state folder, a file for
 * every folder of objects, and a statement that comes later reads only what is new.
 *
 * @param dir the platform's state folder
 * @param files of the table's objects, not compressed or gzip
 * @returns the files in which something was found
 */
export const checkedObjects = async (
  dir: string,
  table: TableInput,
  files: readonly string[],
): Promise<ReadonlyMap<string, ObjectFindings>> => {
  const columns = table.StorageDescriptor.Columns.map(({ Name, Type }) => ({ name: Name, type: Type.toLowerCase() }));
  const rules = rowRules(columns);
  const key = createHash('sha256')
    .update(JSON.stringify([version, columns]))
    .digest('hex')
    .slice(0, 16);
  const found = new Map<string, ObjectFindings>();
  for (const [folder, group] of Map.groupBy(new Set(files), dirname)) {
    const place = join(dir, 'sql', 'checked', `${createHash('sha256').update(folder).digest('hex').slice(0, 32)}.json`);
    const known = await knownIn(place, key);
    const entries: Entries = {};
    const unknown = group.filter((file) => {
      const { size, mtimeMs } = statSync(file);
      const entry = known[basename(file)];
      const isKnown = entry !== undefined && entry[0] === size && entry[1] === mtimeMs;
      entries[basename(file)] = isKnown ? entry : [size, mtimeMs, 0];
      return !isKnown;
    });
    const next = unknown.values();
    const worker = async (): Promise<void> => {
      for (const file of next) {
        const [size, mtimeMs] = entries[basename(file)] as Entry;
        entries[basename(file)] = [size, mtimeMs, await findingsIn(dir, file, rules)];
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    if (unknown.length > 0) await keep(place, key, { ...known, ...entries });
    for (const file of group) {
      const [, , findings] = entries[basename(file)] as Entry;
      if (findings !== 0) found.set(file, findings);
    }
  }
  return found;
};

const pieceBytes = 2 ** 20;

const findingsIn = async (dir: string, file: string, rules: RowRules): Promise<ObjectFindings | 0> => {
  let count = 0;
  let broken: string | undefined;
  const first: Omit<Unreadable, 'object'>[] = [];
  const bytes = createReadStream(file, { highWaterMark: pieceBytes });
  for await (const { line, reason } of unreadableIn({ key: urlOf(dir, file), bytes }, rules)) {
    count += 1;
    if (line === undefined) broken = reason;
    if (first.length < mostKept) first.push({ line, reason });
  }
  if (count === 0) return 0;
  // Of a broken object the lines mean nothing.
  return broken === undefined ? { count, first } : { count: 1, first: [{ line: undefined, reason: broken }], broken };
};

const knownIn = async (place: string, key: string): Promise<Entries> => {
  try {
    const kept = JSON.parse(await readFile(place, 'utf8')) as { key: string; entries: Entries };
    return kept.key === key ? kept.entries : {};
  } catch {
    return {}; // not there, or half written by a machine that went down: it is read again
  }
};

/** What is not kept costs time alone: who may not write in the state folder can still read. */
const keep = async (place: string, key: string, entries: Entries): Promise<void> => {
  const draft = `${place}.${process.pid}`;
  try {
    await mkdir(dirname(place), { recursive: true });
    await writeFile(draft, JSON.stringify({ key, entries }));
    await rename(draft, place);
  } catch (error) {
    if (!/^(EACCES|EPERM|EROFS|ENOSPC|EDQUOT|ENOENT)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
};
