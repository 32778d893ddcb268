import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPlace, type Ended, type Place } from './platform.fixture.ts';

const main = 'tools/local/src/main.ts';
const timeout = 60_000;

describe('npm start that cannot', () => {
  let running: Place;
  let other: Place;
  beforeAll(async () => {
    [running, other] = await Promise.all([aPlace(), aPlace()]);
    await running.start('--rate', '0');
  }, timeout);
  afterAll(async () => {
    await Promise.all([running.close(), other.close()]);
  });

  /** Exactly one line on stderr, and what it says. */
  const oneLine = ({ code, stderr }: Ended): { code: number; says: string } => {
    expect(stderr.split('\n')).toHaveLength(2);
    return { code, says: stderr.trimEnd() };
  };

  it.each([
    [['--rate', 'fast'], '--rate takes a whole number from 0 to 100000'],
    [['--for', '5'], '--for takes a duration such as 60s, 10m or 2h'],
    [['--colour'], 'there is no --colour; --help lists those that there are'],
    [['rate', '100'], "'rate' belongs to no option; npm start takes options alone"],
  ])('because of %j exits with 2 and says why', async (args, says) => {
    expect(oneLine(await running.run(main, ...args))).toEqual({ code: 2, says: expect.stringContaining(says) });
  });

  it(
    'because a platform runs on the folder, or on a port, says so and leaves that one alone',
    async () => {
      const start = async (dir: Place, port: Place, awsPort: Place) => {
        const ports = ['--port', String(port.port), '--aws-port', String(awsPort.awsPort)];
        return oneLine(await running.run(main, '--dir', dir.dir, ...ports));
      };
      const taken = (port: number, option: string): string =>
        `port ${port} is taken by another program: stop what uses it, or choose another with ${option}`;
      expect(await start(running, other, other)).toEqual({
        code: 1,
        says: expect.stringContaining(`a platform runs on ${running.dir} already`),
      });
      expect(await start(other, running, other)).toEqual({ code: 1, says: taken(running.port, '--port') });
      expect(await start(other, other, running)).toEqual({ code: 1, says: taken(running.awsPort, '--aws-port') });
      expect(await running.invoke('acme-data-producer', [])).toEqual({ accepted: 0, rejected: [] });
      expect(await other.processes()).toEqual([]);
    },
    timeout,
  );

  it(
    'because of its state folder names what is broken and what to do',
    async () => {
      const file = join(other.dir, 'file');
      await writeFile(file, '');
      expect(oneLine(await running.run(main, '--dir', file))).toEqual({
        code: 1,
        says: expect.stringMatching(/cannot be used .*; take another with --dir$/),
      });

      for (const state of ['secrets/secrets.json', 'dynamodb/tables.db']) {
        const broken = await aPlace();
        const path = join(broken.dir, state);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, '{ not what was written');
        const { code, says } = oneLine(await broken.startToEnd());
        expect({ code, says }).toEqual({ code: 1, says: expect.stringContaining(path) });
        expect(says).toContain('move it away to start without');
        expect(await broken.processes()).toEqual([]);
        await broken.close();
      }
    },
    timeout,
  );
});
