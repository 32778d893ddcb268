import { join } from 'node:path';
import { JarsError, mavenJars } from '../maven/maven-jars.ts';
import { KafkaError } from './kafka-error.ts';

/** As jars/pom.xml has it. */
export const kafkaVersion = '4.3.1';

/**
 * The folder of Apache Kafka's jars: broker and command line tools. Maven fetches them once, by jars/pom.xml; they are
 * there only when every file is the one that jars/jars.sha256 lists, and no other is.
 *
 * @param say is told that they are fetched
 * @throws KafkaError when Maven is missing or fails, or a file is not the listed one
 */
export const kafkaJars = async (
  say: (line: string) => void,
  where: { readonly parent?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> => {
  const source = join(import.meta.dirname, 'jars');
  try {
    return await mavenJars(
      { what: `Apache Kafka ${kafkaVersion}`, name: `kafka-${kafkaVersion}`, source, size: '45 MB' },
      say,
      where,
    );
  } catch (cause) {
    if (!(cause instanceof JarsError)) throw cause;
    const instead = cause.isWithoutMaven ? ', or name brokers that run with --brokers host:port' : '';
    throw new KafkaError(cause.message + instead, { cause });
  }
};
