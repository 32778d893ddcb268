import type { EnvOf } from '@acme/lambda-kit';
import * as z from 'zod';

export const Env = z.object({
  SIGNING_KEY_ARN: z.string().startsWith('arn:'),
  USED_TOKENS_TABLE: z.string().min(1),
});
export type AuthorizeEnv = EnvOf<typeof Env>;
