import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openCursor } from '../traffic/cursor.ts';
import { aPlace, type Place } from './platform.fixture.ts';

const timeout = 300_000;
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** What the summary says of a line such as `generated  1,234   …`. */
const sumOf = (summary: string, name: string): number =>
  Number(new RegExp(`^${name} +([\\d,]+)`, 'm').exec(summary)?.[1]?.replaceAll(',', ''));

/** How many viewing events the traffic has had accepted so far, as it stands in the state folder. */
const acceptedOn = async ({ dir }: Place): Promise<number> => {
  const cursor = await openCursor(join(dir, 'traffic/viewing.json'), 1);
  return cursor.totals().accepted;
};

/** However long that takes a busy machine: the test's time limit is the limit. */
const untilAccepted = async (place: Place, wanted: number): Promise<void> => {
  while ((await acceptedOn(place)) < wanted) await wait(20);
};

describe('npm start', () => {
  let place: Place;
  beforeAll(async () => {
    place = await aPlace();
  });
  afterAll(() => place.close());

  it(
    'is killed under load and goes on at the next start, and everything of both adds up',
    async () => {
      const killed = await place.start('--rate', '2000');
      await untilAccepted(place, 1_000 + (seed % 2_000)); // SEED=<n> repeats a moment
      const accepted = await acceptedOn(place);
      expect(await killed.kill('SIGKILL')).toMatchObject({ code: -1, stderr: '' });

      const { code, stdout, stderr } = await place.startToEnd('--rate', '500', '--for', '2s');
      expect({ code, stderr, seed }).toEqual({ code: 0, stderr: '', seed });
      expect(stdout).toContain('adds up');
      expect(stdout).toMatch(/^clickstream +[1-9][\d,]* /m);
      expect(sumOf(stdout, 'generated')).toBeGreaterThan(accepted);
      expect(sumOf(stdout, 'landed')).toBe(sumOf(stdout, 'generated'));
      expect(await place.processes()).toEqual([]);
    },
    timeout,
  );

  it(
    'ends on Ctrl-C with everything on disk and no process left, and on a later run all of it is in the sums',
    async () => {
      const interrupted = await place.start('--rate', '1000');
      await untilAccepted(place, (await acceptedOn(place)) + 200);
      const { code, stdout, stderr } = await interrupted.kill('SIGINT');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('goes on at the next start');
      expect(await place.processes()).toEqual([]);

      const last = await place.startToEnd('--rate', '500', '--for', '2s');
      expect(last).toMatchObject({ code: 0, stdout: expect.stringContaining('adds up'), stderr: '' });
      expect(sumOf(last.stdout, 'landed')).toBe(sumOf(last.stdout, 'generated'));
    },
    timeout,
  );
});
