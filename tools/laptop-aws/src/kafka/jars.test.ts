import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findJava } from './java.ts';
import { kafkaJars, kafkaVersion } from './jars.ts';

const jars = join(import.meta.dirname, 'jars');

describe('Apache Kafka on a machine', () => {
  it('is the version that the pom names, and every file of it is listed', async () => {
    expect(await readFile(join(jars, 'pom.xml'), 'utf8')).toContain(`<version>${kafkaVersion}</version>`);
    const lines = (await readFile(join(jars, 'jars.sha256'), 'utf8')).trim().split('\n');
    expect(lines.filter((line) => !/^[0-9a-f]{64} {2}[\w.-]+\.jar$/.test(line))).toEqual([]);
    expect(lines).toContainEqual(expect.stringContaining(`kafka_2.13-${kafkaVersion}.jar`));
  });

  it('is missing with one line when there is no Java', async () => {
    const message = await findJava({ PATH: '/nowhere' }).catch((error: Error) => error.message);
    expect(message).toMatch(
      /^Kafka needs Java 17 or newer, and there is no java: install .*--brokers host:port \(with Docker: .*\)$/,
    );
  });

  it('is missing with one line when there is no Maven, and leaves nothing behind', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'acme-engines-'));
    const said: string[] = [];
    const message = await kafkaJars((line) => said.push(line), { parent: dir, env: { PATH: '/nowhere' } }).catch(
      (error: Error) => error.message,
    );
    expect(message).toMatch(
      /^Maven fetches Apache Kafka 4\.3\.1, and there is no mvn: install maven, .*--brokers host:port$/,
    );
    expect([said, await readdir(dir)]).toEqual([[`fetching Apache Kafka ${kafkaVersion} with Maven: 45 MB, once`], []]);
  });
});
