import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { columns, type EventTable } from '../columns.ts';
import type { Reading } from '../reading.ts';

const run = promisify(execFile);
const programs = join(import.meta.dirname, '../programs');

/** The readers that are no JavaScript, each a program: a stock Python's, and Java's. */
export const programReaders = ['pyarrow', 'jackson', 'trino', 'orgjson'] as const;
export type ProgramReader = (typeof programReaders)[number];

/** What the programs need; `npm run test:engines` brings it. */
export interface Engines {
  /** A Python with PyArrow. */
  readonly python: string;
  readonly java: string;
  /** The folder of the jars of programs/jars/pom.xml. */
  readonly jars: string;
}

/** @throws Error that says how to get what is missing */
export const enginesOf = ({ PYARROW, READERS_JAVA, READERS_JARS }: NodeJS.ProcessEnv): Engines => {
  if (!PYARROW || !READERS_JAVA || !READERS_JARS) {
    throw new Error('PYARROW, READERS_JAVA and READERS_JARS must say where the readers are: use npm run test:engines');
  }
  return { python: PYARROW, java: READERS_JAVA, jars: READERS_JARS };
};

/** What each program reads of objects of some tables; each is started once. */
export const readByPrograms = async (
  objects: ReadonlyMap<EventTable, Buffer>,
  { python, java, jars }: Engines,
): Promise<(reader: ProgramReader, table: EventTable) => readonly Reading[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'acme-readers-'));
  try {
    for (const [table, object] of objects) {
      const lines = columns[table].map(({ name, type }) => `${name} ${type}\n`);
      await writeFile(join(folder, `${table}.columns`), lines.join(''));
      await writeFile(join(folder, `${table}.ndjson`), object);
    }
    const tables = [...objects.keys()];
    const classes = join(folder, 'classes');
    const classPath = (await readdir(jars)).map((jar) => join(jars, jar)).join(delimiter);
    const compile = ['org.eclipse.jdt.internal.compiler.batch.Main', '-25', '-nowarn', '-cp', classPath, '-d', classes];
    await run(java, ['-cp', classPath, ...compile, join(programs, 'Readers.java')]);
    await run(java, ['-cp', [classes, classPath].join(delimiter), 'Readers', folder, ...tables]);
    await run(python, [join(programs, 'readers.py'), folder, ...tables]);
    const read = new Map<string, Reading[]>();
    for (const name of tables.flatMap((table) => programReaders.map((reader) => `${table}.${reader}`))) {
      const lines = (await readFile(join(folder, name), 'utf8')).split('\n').slice(0, -1);
      read.set(
        name,
        lines.map((line) => JSON.parse(line) as Reading),
      );
    }
    return (reader, table) => read.get(`${table}.${reader}`) ?? [];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
