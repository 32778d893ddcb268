import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { EnvError, readEnv } from './env.ts';

const Env = z.object({ STREAM_NAME: z.string().min(1), BATCH_SIZE: z.coerce.number().int().max(500).default(500) });

describe('readEnv', () => {
  it('gives parsed values, with the defaults of what is missing', () => {
    expect(readEnv(Env, { STREAM_NAME: 'events' })).toEqual({ STREAM_NAME: 'events', BATCH_SIZE: 500 });
  });

  it('names every refused variable and prints no value', () => {
    const read = () => readEnv(Env, { BATCH_SIZE: 'hunter2' });
    expect(read).toThrow(EnvError);
    expect(read).toThrow(/STREAM_NAME: .*BATCH_SIZE: /);
    expect(read).not.toThrow(/hunter2/);
  });
});
