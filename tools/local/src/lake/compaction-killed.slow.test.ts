// Compaction that is cut off at every step, and compactions side by side, on the laptop's own S3 and Athena.
import type { ViewingEvent } from '@acme/telemetry-schema';
import { aViewingEvent } from '@acme/telemetry-schema/testing';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { manifestKey, runRoot } from '@acme/lake-layout';
import { aLake, type Given } from './a-lake.fixture.ts';

jest.setTimeout(400_000); // it compacts once for each step of a compaction, twice

let lake: Awaited<ReturnType<typeof aLake>>;
beforeEach(async () => {
  lake = await aLake();
});
afterEach(() => lake.close());

const on = (date: string, ...ids: string[]): ViewingEvent[] =>
  ids.map((event_id) => aViewingEvent({ event_id, event_timestamp: `${date}T09:30:00.000Z` }));

type Send = (command: object) => Promise<unknown>;
type Hook = (command: object, send: () => Promise<unknown>) => Promise<unknown>;

/** The lake's clients, every call of which goes through a hook. */
const hooked = (hook: Hook): Required<Pick<Given, 's3' | 'client'>> => {
  const through = <Client extends { send: unknown }>(client: Client): Client =>
    new Proxy(client, {
      get: (target, name) =>
        name === 'send'
          ? (command: object) => hook(command, () => (target.send as Send)(command))
          : Reflect.get(target, name),
    });
  return { s3: through<S3Client>(lake.s3), client: through<AthenaClient>(lake.client) };
};

class Killed extends Error {}

/**
 * Tells the calls that change something, or that begin to wait for what they started: between two of them, all moments
 * are alike. How often is asked whether a query is over depends on how busy the machine is.
 */
const stepsOnly = () => {
  const waitedFor = new Set<string | undefined>();
  return (command: object): boolean => {
    if (command instanceof GetQueryExecutionCommand) {
      const { QueryExecutionId } = command.input;
      return !waitedFor.has(QueryExecutionId) && waitedFor.add(QueryExecutionId).size > 0;
    }
    return command instanceof StartQueryExecutionCommand || command instanceof PutObjectCommand;
  };
};

/** Clients of a process that is killed at its n-th step, before the call is made or before its answer is heard. */
const killedAt = (step: number, when: 'before' | 'after') => {
  const isStep = stepsOnly();
  let steps = 0;
  let isDead = false;
  return {
    ...hooked(async (command, send) => {
      if (isStep(command)) steps += 1;
      isDead ||= steps === step && when === 'before';
      if (isDead) throw new Killed();
      const answer = await send();
      isDead ||= steps === step;
      if (isDead) throw new Killed();
      return answer;
    }),
    wasKilled: () => isDead,
  };
};

/** Where an UNLOAD writes. */
const targetOf = (statement = ''): readonly string[] => /TO 's3:\/\/lake\/([^']+)'/.exec(statement) ?? [];

const switchOf = (date: string) => (command: object) =>
  command instanceof PutObjectCommand && command.input.Key === manifestKey('telemetry', date);

const readsItsRun = (command: object): boolean =>
  command instanceof ListObjectsV2Command && command.input.Prefix?.startsWith(runRoot) === true;

/** Holds a compaction up right before its first call of a kind, does something, and lets it go on. */
const heldUpBefore = (is: (command: object) => boolean, meanwhile: () => Promise<unknown>) => {
  let isFirst = true;
  return hooked(async (command, send) => {
    if (isFirst && is(command)) {
      isFirst = false;
      await meanwhile();
    }
    return send();
  });
};

describe('compaction that is killed', () => {
  it.each(['before', 'after'] as const)(
    'leaves a table that answers right, %s whatever step it was, and the next run completes it',
    async (when) => {
      const landed: Record<string, Set<string>> = {};
      const land = async (hour: string, events: ViewingEvent[]): Promise<void> => {
        await lake.land(hour, events);
        for (const { event_id, event_timestamp } of events)
          (landed[event_timestamp.slice(0, 10)] ??= new Set()).add(event_id);
      };
      const expected = () =>
        Object.fromEntries(Object.entries(landed).map(([date, ids]) => [date, [...ids].sort()] as const));

      for (let step = 1, wasKilled = true; wasKilled; step += 1) {
        const before = await lake.telemetry();
        const hour = new Date(Date.UTC(2026, 9, 1, step)).toISOString().slice(0, 13);
        // New events of two days, one twice, and one that came before.
        await land(hour, [
          ...on('2026-10-01', `new-${step}`, 'again'),
          ...on('2026-09-30', `late-${step}`, `late-${step}`),
        ]);
        const killed = killedAt(step, when);
        await lake.compact(killed).catch((error: unknown) => {
          if (!(error instanceof Killed) && !(error as Error).message.includes('hours failed')) throw error;
        });
        wasKilled = killed.wasKilled();

        for (const [date, ids] of Object.entries(await lake.telemetry())) {
          expect(ids).toEqual([...new Set(ids)]);
          expect([...(landed[date] ?? [])]).toEqual(expect.arrayContaining(ids));
          expect(ids).toEqual(expect.arrayContaining(before[date] ?? []));
        }
        await lake.compact();
        expect(await lake.telemetry()).toEqual(expected());
      }
    },
  );

  it('finds the query that it had started, instead of starting it again', async () => {
    await lake.land('2026-11-21T09', on('2026-11-21', 'a'));
    const started: (string | undefined)[] = [];
    const watching = (kill: boolean) =>
      hooked(async (command, send) => {
        if (kill && switchOf('2026-11-21')(command)) throw new Killed();
        const answer = (await send()) as { QueryExecutionId?: string };
        const isUnload =
          command instanceof StartQueryExecutionCommand && command.input.QueryString?.startsWith('UNLOAD');
        if (isUnload) started.push(answer.QueryExecutionId);
        return answer;
      });

    await expect(lake.compact(watching(true))).rejects.toThrow('hours failed');
    await lake.compact(watching(false));
    expect(started).toEqual([expect.any(String), started[0]]);
    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['a'] });
  });
});

describe('a query', () => {
  /** The folders that a compaction has queries write into, and what happens around each. */
  const targetsOf = async (
    around: (key: string, start: () => Promise<unknown>) => Promise<unknown>,
  ): Promise<string[]> => {
    const targets: string[] = [];
    const watched = hooked(async (command, send) => {
      const [, key] = command instanceof StartQueryExecutionCommand ? targetOf(command.input.QueryString) : [];
      if (key === undefined) return send();
      targets.push(key);
      return targets.length === 1 ? around(key, send) : send();
    });
    await lake.compact(watched);
    return targets;
  };

  it('that failed has another in its place, elsewhere', async () => {
    await lake.land('2026-11-21T09', on('2026-11-21', 'a', 'b'));
    const targets = await targetsOf(async (_, start) => {
      const answer = (await start()) as { QueryExecutionId: string };
      await lake.client.send(new StopQueryExecutionCommand(answer));
      return answer;
    });

    expect(new Set(targets).size).toBe(2);
    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['a', 'b'] });
  });

  it('answers for the files that it wrote, not for those that another had left in its folder', async () => {
    await lake.land('2026-11-21T09', on('2026-11-21', 'a', 'b'));
    await targetsOf(async (key, start) => {
      await lake.put(`${key}date=2026-11-21/left`, 'half a file');
      return start();
    });

    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['a', 'b'] });
    expect((await lake.manifests())['2026-11-21']).toHaveLength(1);
  });

  it('whose files are gone is asked anew, elsewhere', async () => {
    await lake.land('2026-11-21T09', on('2026-11-21', 'a', 'b'));
    await expect(
      lake.compact(heldUpBefore(switchOf('2026-11-21'), async () => Promise.reject(new Killed()))),
    ).rejects.toThrow('hours failed');
    for (const Key of await lake.keys(runRoot)) await lake.s3.send(new DeleteObjectCommand({ Bucket: 'lake', Key }));

    expect(new Set(await targetsOf((_, start) => start())).size).toBe(2);
    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['a', 'b'] });
  });
});

describe('compactions side by side', () => {
  const moments = [
    ['is told what it has written', readsItsRun],
    ['switches a day', switchOf('2026-11-21')],
  ] as const;

  it.each(moments)('double nothing when another does all of the work before one %s', async (_, moment) => {
    await lake.land('2026-11-21T09', [...on('2026-11-21', 'a', 'b'), ...on('2026-11-20', 'late')]);
    const other = async (): Promise<void> => {
      await lake.land('2026-11-21T09', on('2026-11-21', 'c')); // so that it reads something else
      await lake.compact();
    };

    await lake.compact(heldUpBefore(moment, other));
    expect(await lake.telemetry()).toEqual({ '2026-11-20': ['late'], '2026-11-21': ['a', 'b', 'c'] });
    await lake.compact();
    expect(await lake.telemetry()).toEqual({ '2026-11-20': ['late'], '2026-11-21': ['a', 'b', 'c'] });
  });

  it('double nothing when the same query serves both', async () => {
    await lake.land('2026-11-21T09', on('2026-11-21', 'a', 'b'));

    await lake.compact(heldUpBefore(switchOf('2026-11-21'), () => lake.compact()));
    expect(await lake.telemetry()).toEqual({ '2026-11-21': ['a', 'b'] });
    expect((await lake.manifests())['2026-11-21']).toHaveLength(1);
  });

  it.each(moments)(
    'compute a day anew that changes before one %s, rather than add what they had found',
    async (_, moment) => {
      await lake.land('2026-11-21T09', on('2026-11-21', 'a', 'b'));
      await lake.land('2026-11-21T10', on('2026-11-21', 'b', 'c'));
      const other = () => lake.compact({ order: { from: '2026-11-21T10:00:00Z' } });

      await lake.compact(heldUpBefore(moment, other));
      expect(await lake.telemetry()).toEqual({ '2026-11-21': ['a', 'b', 'c'] });
    },
  );

  it('all at once come to the same table', async () => {
    for (const hour of ['07', '08', '09']) {
      await lake.land(`2026-11-21T${hour}`, [...on('2026-11-21', hour, 'same'), ...on('2026-11-20', `late-${hour}`)]);
    }

    await Promise.allSettled(Array.from({ length: 4 }, () => lake.compact()));
    await lake.compact();
    expect(await lake.telemetry()).toEqual({
      '2026-11-20': ['late-07', 'late-08', 'late-09'],
      '2026-11-21': ['07', '08', '09', 'same'],
    });
  });
});
