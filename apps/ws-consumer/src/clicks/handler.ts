import { readEnv } from '@acme/lambda-kit';
import { Env } from '../push/env.ts';
import { liveClicks } from '../push/live-clicks.ts';
import { pushing } from '../push/pushing.ts';

/** Pushes counts of the clickstream. */
export const handler = pushing(readEnv(Env), liveClicks);
