import { readEnv } from '@acme/lambda-kit';
import { Env } from './env.ts';
import { viewing } from './families.ts';
import { loading } from './loading.ts';

/** Brings the telemetry stream into the lake. */
export const handler = loading(readEnv(Env), 'lake-loader', viewing);
