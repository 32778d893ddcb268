import { readEnv } from '@acme/lambda-kit';
import { Env } from '../env.ts';
import { clickstream } from '../families.ts';
import { loading } from '../loading.ts';

/** Brings the clickstream into the lake. */
export const handler = loading(readEnv(Env), 'clickstream-loader', clickstream);
