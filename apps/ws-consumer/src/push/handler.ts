import { readEnv } from '@acme/lambda-kit';
import { Env } from './env.ts';
import { liveViewing } from './push.ts';
import { pushing } from './pushing.ts';

/** Pushes viewing events. */
export const handler = pushing(readEnv(Env), liveViewing);
