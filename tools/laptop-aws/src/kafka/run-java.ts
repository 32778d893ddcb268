import { execFile, type ExecFileException } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KafkaError } from './kafka-error.ts';

/** How a Java program of Kafka's is called. */
export interface KafkaCode {
  readonly java: string;
  /** The folder of Kafka's jars. */
  readonly jars: string;
}

/** `-cp` of all jars. */
export const classPath = ({ jars }: KafkaCode): readonly string[] => ['-cp', join(jars, '*')];

/** Quick to start, at the price of speed later: for programs that soon end. */
const brief = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/**
 * Runs one of Kafka's command line tools by its class, such as org.apache.kafka.tools.consumer.ConsoleConsumer.
 *
 * @returns what it printed
 * @throws KafkaError with its own words
 */
export const runTool = async (code: KafkaCode, mainClass: string, args: readonly string[]): Promise<string> => {
  try {
    const { stdout } = await promisify(execFile)(code.java, [...brief, ...classPath(code), mainClass, ...args], {
      maxBuffer: 256 * 1024 * 1024,
    });
    return stdout;
  } catch (cause) {
    const { stderr = '', stdout = '' } = cause as ExecFileException;
    throw new KafkaError(`${mainClass} failed: ${`${stdout}\n${stderr}`.trim().slice(-2_000)}`, { cause });
  }
};
