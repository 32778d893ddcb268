import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Report, reportsOf } from '../report.ts';
import { runProgram } from '../run-program.ts';
import type { Against } from './against.ts';

const programs = join(import.meta.dirname, '../programs/java');

/** Compiles programs against the jars of a folder; gives the command line to which a program's name and arguments come. */
export const compiled = async (
  sources: readonly string[],
  jars: string,
  { engines, env, place }: Against,
): Promise<[string, ...string[]]> => {
  const classPath = (await readdir(jars)).map((jar) => join(jars, jar)).join(delimiter);
  const classes = join(place.dir, `classes-${sources.join('-')}-${jars.length}`.replaceAll('.java', ''));
  const compiler = ['org.eclipse.jdt.internal.compiler.batch.Main', '-17', '-nowarn', '-cp', classPath, '-d', classes];
  const files = sources.map((source) => join(programs, source));
  const { code, stderr } = await runProgram([engines.java, '-cp', classPath, ...compiler, ...files], { env });
  if (code !== 0) throw new Error(`${sources.join(', ')} do not compile:\n${stderr.slice(-2_000)}`);
  return [engines.java, '-Xmx256m', '-XX:+UseSerialGC', '-cp', [classes, classPath].join(delimiter)];
};

/** The AWS SDK for Java. */
export const javaSdk = async (against: Against): Promise<Report[]> => {
  const java = await compiled(['Sdk.java'], against.engines.kcl3, against);
  return reportsOf('Java', await runProgram([...java, 'Sdk'], { env: against.env }));
};
