import type { EnvOf } from '@acme/lambda-kit';
import * as z from 'zod';

export const Env = z.object({
  CONNECTIONS_TABLE: z.string().min(1),
  /** Where what was pushed is counted; without it, it is not. */
  LEDGER_BUCKET: z.string().min(1).optional(),
  /** Frames a connection gets per second from one shard's reader. */
  FRAMES_PER_SECOND: z.coerce.number().int().min(1).max(10),
  /** Read by the API client itself: where open connections are reached. */
  AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: z.url(),
});
export type PushEnv = EnvOf<typeof Env>;
