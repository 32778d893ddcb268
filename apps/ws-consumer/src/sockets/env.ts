import type { EnvOf } from '@acme/lambda-kit';
import * as z from 'zod';

export const Env = z.object({ CONNECTIONS_TABLE: z.string().min(1) });
export type SocketsEnv = EnvOf<typeof Env>;
