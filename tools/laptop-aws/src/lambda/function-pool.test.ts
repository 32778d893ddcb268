import { afterAll, describe, expect, it } from '@jest/globals';
import { aFunction, removeFunctions } from './function.fixture.ts';
import { functionPool } from './function-pool.ts';

afterAll(removeFunctions);

describe('a pool of environments', () => {
  it('lets those go that nobody used for five minutes, but for the last', async () => {
    const code = `export const handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return process.env.AWS_LAMBDA_LOG_STREAM_NAME;
    };`;
    const pool = functionPool(aFunction(code), { base: {}, cores: 2, writeLog: () => undefined });
    const both = async () =>
      new Set((await Promise.all([1, 2].map((n) => pool.invoke('{}', String(n))))).map(({ payload }) => payload));
    const first = await both();
    expect(first.size).toBe(2);

    pool.retire(Date.now() + 4 * 60_000);
    expect(await both()).toEqual(first);
    pool.retire(Date.now() + 6 * 60_000);
    const later = await both();
    expect(later.size).toBe(2);
    expect([...later].filter((environment) => first.has(environment))).toHaveLength(1);
    await pool.stop();
  });

  it('tells what it measured of invocations that ended, failed, or found no room', async () => {
    const code = `export const handler = async ({ fails }) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (fails) throw new Error('no');
    };`;
    const told: unknown[] = [];
    const pool = functionPool(aFunction(code, { reservedConcurrency: 1 }), {
      ...{ base: {}, cores: 2, writeLog: () => undefined },
      measures: {
        invoked: (name, { status }) => told.push([name, status]),
        throttled: (name) => told.push([name, 'throttled']),
      },
    });
    const { name } = pool.spec;
    await Promise.allSettled([pool.invoke('{}', '1'), pool.invoke('{}', '2')]);
    await pool.invoke('{"fails":true}', '3');
    await expect(pool.invoke('no JSON', '4')).rejects.toMatchObject({ code: 'InvalidRequestContentException' });
    expect(told).toEqual([
      [name, 'throttled'],
      [name, 'success'],
      [name, 'error'],
    ]);
    await pool.stop();
  });
});
