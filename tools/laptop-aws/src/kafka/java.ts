import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KafkaError } from './kafka-error.ts';

/** Kafka 4's brokers need it (https://kafka.apache.org/43/getting-started/upgrade/). */
const oldest = 17;

/**
 * The `java` of JAVA_HOME, else that of the PATH.
 *
 * @throws KafkaError when there is none, or one that is too old
 */
export const findJava = async (env: NodeJS.ProcessEnv = process.env): Promise<string> => {
  const { JAVA_HOME } = env;
  const java = JAVA_HOME ? join(JAVA_HOME, 'bin', 'java') : 'java';
  const said = await promisify(execFile)(java, ['-version'], { env })
    .then(({ stderr }) => stderr)
    .catch(() => '');
  const version = Number(/version "(\d+)/.exec(said)?.[1] ?? 0);
  if (version >= oldest) return java;
  const found = version > 0 ? `there is only Java ${version}` : 'there is no java';
  throw new KafkaError(
    `Kafka needs Java ${oldest} or newer, and ${found}: install openjdk-17-jre-headless (Debian, Ubuntu), temurin (macOS, Windows), or name brokers that run with --brokers host:port (with Docker: docker run --rm -p 127.0.0.1:9092:9092 apache/kafka)`,
  );
};
